import { describe, expect, it } from 'vitest'
import { parseIngestConfig } from '../settings/ingest-config.ts'
import { toEventFeatures } from './event-features.ts'
import { toEventSimilarity } from './event-similarity.ts'

/** How sure it has to be by default. */
const sure = parseIngestConfig({ sources: [] }).sameEvent.threshold

type Told = [title: string, lead: string, language?: 'en' | 'uk']

const similarityOf = (...[a, b]: [Told, Told]) => {
  const [one, other] = [a, b].map(([title, lead, language = 'en']) =>
    toEventFeatures({ title, lead, language }),
  )
  return one && other ? toEventSimilarity(one, other) : Number.NaN
}

describe('two events, however alike their headlines', () => {
  it.each<[string, Told, Told]>([
    [
      'passed and rejected',
      ['Senate passes crypto bill', 'The US Senate passed the bill by 60 votes to 40.'],
      ['Senate rejects crypto bill', 'The US Senate rejected the bill by 60 votes to 40.'],
    ],
    [
      'for and against, in Ukrainian',
      ['Рада ухвалила закон про криптовалюти', 'За проголосували 246 депутатів.', 'uk'],
      ['Рада не підтримала закон про криптовалюти', 'За проголосували 198 депутатів.', 'uk'],
    ],
    [
      'listed and delisted',
      ['Binance lists MEGA token', 'Binance will list the MEGA token on Friday.'],
      ['Binance delists MEGA token', 'Binance will delist the MEGA token on Friday.'],
    ],
    [
      'planned and delayed',
      ['Base to launch token on December 1', 'Base will launch its token on December 1.'],
      ['Base delays token launch from December 1', 'Base delayed its launch from December 1.'],
    ],
    [
      'said and denied',
      ['Tether in talks to raise $20 billion', 'Tether is in talks to raise $20 billion.'],
      ['Tether denies talks to raise $20 billion', 'Tether denied talks to raise $20 billion.'],
    ],
    [
      'another amount',
      ['Hackers steal $27 million from Bunnyfi', 'Bunnyfi lost $27 million, it said.'],
      ['Hackers steal $31 million from Bunnyfi', 'Bunnyfi lost $31 million, it said.'],
    ],
    [
      'another amount, beside the same number of weeks',
      ['Two weeks after $128M hack, Lendora is back', 'Lendora restarted its pools on Monday.'],
      ['Two weeks after $228M hack, Lendora is back', 'Lendora restarted its pools on Monday.'],
    ],
    [
      'another day',
      ['Base to launch token on December 1', 'Base will launch its token on December 1.'],
      ['Base to launch token on December 2', 'Base will launch its token on December 2.'],
    ],
    [
      'bought and thought of',
      ['Kraken buys Backed for $90 million', 'Kraken bought Backed for $90 million in stock.'],
      [
        'Kraken considers buying Backed for $90 million',
        'Kraken may buy Backed, a board member said.',
      ],
    ],
    [
      'sued and thrown out',
      ['Judge throws out lawsuit against Lendora', 'A judge in New York dismissed a class action.'],
      ['Investors sue Lendora over scam tokens', 'A class action was filed in New York.'],
    ],
    [
      'another asset',
      ['SEC approves Litecoin ETF of Grayscale', 'The SEC approved the fund on NYSE Arca.'],
      ['SEC approves Dogecoin ETF of Grayscale', 'The SEC approved the fund on NYSE Arca.'],
    ],
    [
      'another ticker, which no list has',
      ['OKX to list QQX for spot trading', 'OKX opens trading in QQX on Thursday.'],
      ['OKX to list ZZV for spot trading', 'OKX opens trading in ZZV on Thursday.'],
    ],
    [
      'another party, across languages',
      ['SEC drops lawsuit against Kraken', 'The SEC agreed to dismiss its lawsuit against Kraken.'],
      ['SEC відкликала позов проти Coinbase', 'Комісія закрила справу проти Coinbase.', 'uk'],
    ],
    [
      'another month',
      ['Riot mines 437 bitcoin in October', 'Riot mined 437 bitcoin in October.'],
      ['Riot mines 437 bitcoin in November', 'Riot mined 437 bitcoin in November.'],
    ],
  ])('%s', (_, a, b) => {
    expect(similarityOf(a, b)).toBe(0)
    expect(similarityOf(b, a)).toBe(0)
  })
})

it.each([
  '5 things to know in crypto this week',
  'Bitcoin price analysis: key levels',
  'Morning Briefing: Bitcoin and the Fed',
  'Market wrap: Bitcoin and Ether',
  'Weekly roundup',
  'Підсумки тижня: біткоїн',
  'Дайджест новин про біткоїн',
  'Аналіз ціни біткоїна',
])('the headline of a series identifies nothing: %s', (title) => {
  const language = /[а-я]/.test(title) ? 'uk' : 'en'
  const one: Told = [title, 'Bitcoin and markets, from jobs data to the Fed and the yen.', language]
  const other: Told = [title, 'Ether and upgrades, from Pectra to restaking and rollups.', language]
  expect(similarityOf(one, other)).toBe(0)
  expect(similarityOf(one, one)).toBe(1)
})

it('one event stays one in other words, with rounded amounts, and in another language', () => {
  const one: Told = [
    'SEC approves Grayscale’s Dogecoin ETF',
    'The Securities and Exchange Commission approved the Grayscale Dogecoin ETF on NYSE Arca.',
  ]
  const others: Told[] = [
    [
      'Grayscale wins SEC nod for spot DOGE fund',
      'NYSE Arca may list the Dogecoin ETF of Grayscale.',
    ],
    ['SEC схвалила ETF на Dogecoin від Grayscale', 'Комісія дозволила фонд на NYSE Arca.', 'uk'],
  ]
  for (const other of others) expect(similarityOf(one, other), other[0]).toBeGreaterThan(sure)
  expect(
    similarityOf(
      ['Strategy buys 8,178 bitcoin for $836 million', 'Strategy bought 8,178 BTC.'],
      ['Saylor adds 8,178 BTC for $835.6 million', 'Strategy bought 8,178 bitcoin last week.'],
    ),
  ).toBeGreaterThan(sure)
})

describe('what shares names and amounts, and nothing that happens,', () => {
  const hack: Told = [
    'Lender Mellowfi drained of $12 million',
    'An attacker emptied pools of the lender Mellowfi on Arbitrum of $12 million, its team said.',
  ]
  it.each<[string, Told]>([
    [
      'is another event: the next step',
      [
        'Mellowfi sketches insurance scheme after $12 million exploit',
        'The lender Mellowfi on Arbitrum drew up a scheme for insurance of deposits.',
      ],
    ],
    [
      'is another event: who is affected',
      [
        'Mellowfi depositors gather in Lisbon',
        'About forty depositors of the lender, which lost $12 million on Arbitrum, met its team.',
      ],
    ],
    [
      'is another event: another language',
      [
        'Команда Mellowfi найняла охоронця',
        'Кредитний протокол у мережі Arbitrum, який втратив 12 млн доларів, шукає ще двох.',
        'uk',
      ],
    ],
  ])('%s', (_, other) => {
    expect(similarityOf(hack, other)).toBeLessThan(sure)
    expect(similarityOf(other, hack)).toBeLessThan(sure)
  })

  it('unlike what says of them that the same happened', () => {
    const retold: Told = [
      'Mellowfi loses $12M in exploit on Arbitrum',
      'The lender Mellowfi was exploited for about 12 million dollars, its team wrote.',
    ]
    expect(similarityOf(hack, retold)).toBeGreaterThan(sure)
  })
})

it('a headline says nothing new with what it names as the background', () => {
  expect(
    similarityOf(
      ['US lifts sanctions on Mixwell', 'The Treasury removed the mixer Mixwell from its list.'],
      [
        'MXW doubles as US lifts sanctions on Mixwell',
        'The token of the mixer Mixwell rose to $14 on Friday.',
      ],
    ),
  ).toBeLessThan(sure)
})
