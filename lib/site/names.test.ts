import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import {
  extendNames,
  findEntity,
  findTypedName,
  isKnownName,
  listEntities,
  listMentions,
  listSpellings,
  nameGroups,
} from './names.ts'
import { parseNames } from './parse-names.ts'

describe('the list of names', () => {
  it('has a name in English and in Ukrainian for everything', () => {
    const lacking = listEntities().filter(({ names }) => !names.en || !names.uk)
    expect(lacking).toEqual([])
  })

  it('has no ticker and no spelling for two assets', () => {
    const seen = new Map<string, string>()
    const twice: string[] = []
    for (const entity of listEntities().filter(({ kind }) => kind === 'asset')) {
      for (const spelling of listSpellings(entity)) {
        const other = seen.get(spelling.toLowerCase())
        if (other !== undefined && other !== entity.key) twice.push(`${spelling}: ${other}`)
        seen.set(spelling.toLowerCase(), entity.key)
      }
    }
    expect(twice).toEqual([])
  })

  it.each([
    ['bitcoin', ['bitcoin', 'BTC', 'біткоїн', 'біткоїном', 'біткойн', 'биткоин', 'Біткоїну']],
    ['ethereum', ['ether', 'ETH', 'етеріум', 'етеріуму', 'етер', 'ефір', 'ефіру', 'Ethereum']],
    ['sam-bankman-fried', ['SBF', 'Bankman-Fried', 'Сем Бенкман-Фрід', 'Сема Бенкмана-Фріда']],
    ['changpeng-zhao', ['CZ', 'Changpeng Zhao', 'Чанпена Чжао']],
    ['stablecoin', ['stable coin', 'stablecoins', 'стейблкоїн', 'стейблкоїнів']],
  ])('takes for %s: %s', (key, spellings) => {
    for (const typed of spellings) {
      const words = typed.split(' ')
      const { entities, wordCount } = findTypedName(words, 0)
      expect(
        entities.map((entity) => entity.key),
        typed,
      ).toContain(key)
      expect(wordCount, typed).toBe(words.length)
    }
  })
})

describe('listMentions', () => {
  const keysIn = (text: string) => listMentions(text).map(({ entity }) => entity.key)

  it('finds the longest name at each place, with its place', () => {
    const text = 'The Securities and Exchange Commission sued Binance.'
    expect(
      listMentions(text).map(({ entity: { key }, at, text: name }) => [key, at, name]),
    ).toEqual([
      ['sec', 4, 'Securities and Exchange Commission'],
      ['binance', 44, 'Binance'],
    ])
  })

  it('finds Ukrainian names in every case, and no word that only begins so', () => {
    expect(keysIn('Комісії з цінних паперів та бірж довелося чекати на Віталіка Бутеріна')).toEqual(
      ['sec', 'vitalik-buterin'],
    )
    expect(keysIn('У Верховному суді, в Нью-Йорку, за біткоїни й ефіром')).toEqual([
      'supreme-court',
      'new-york',
      'bitcoin',
      'ethereum',
    ])
    expect(keysIn('ефірний час, ефіродром, соланкова, римувати')).toEqual([])
  })

  it('minds capitals where a name is an ordinary word as well', () => {
    expect(keysIn('It gave us the base near the circle, and a curve.')).toEqual([])
    expect(keysIn('The US and Circle agreed on Base.')).toEqual(['united-states', 'circle', 'base'])
    expect(keysIn('Two ETFs and three CEOs')).toEqual(['etf', 'ceo'])
  })

  it('passes over apostrophes, dots and possessives of any kind', () => {
    for (const name of ['Об’єднані Арабські Емірати', "Об'єднаних Арабських Еміратів"]) {
      expect(keysIn(name), name).toEqual(['uae'])
    }
    for (const name of ['U.S.', 'US', 'U.S.’s'])
      expect(keysIn(name), name).toEqual(['united-states'])
    expect(keysIn('Coinbase’s Armstrong')).toEqual(['coinbase', 'brian-armstrong'])
  })

  it('takes no longer for names that never end', () => {
    const text = 'securities and exchange '.repeat(20_000)
    const start = performance.now()
    listMentions(text.slice(0, text.length / 8))
    const short = performance.now() - start
    listMentions(text)
    expect(performance.now() - start).toBeLessThan(20 * short + 200)
  })
})

describe('findTypedName', () => {
  it('reads the words from a place on, in any case of letters', () => {
    const words = ['why', 'stable', 'coin', 'rules']
    expect(findTypedName(words, 1)).toMatchObject({
      wordCount: 2,
      entities: [{ key: 'stablecoin' }],
    })
    expect(findTypedName(words, 0)).toEqual({ wordCount: 0, entities: [] })
    expect(findTypedName(['sec'], 0).entities).toEqual([findEntity('sec')])
  })

  it('takes no part of a word with a hyphen for the word', () => {
    expect(findTypedName(['btc-usd'], 0).wordCount).toBe(0)
    expect(findTypedName(['bankman-fried'], 0).wordCount).toBe(1)
  })
})

describe('isKnownName', () => {
  it('knows the words of the names of people and organisations, in every case', () => {
    for (const name of ['Saylor', 'Сейлором', 'Чжао', 'Coinbase', 'Бутеріну', 'Bankman-Fried']) {
      expect(isKnownName(name), name).toBe(true)
    }
  })

  it('knows no ordinary word of them, and nobody else', () => {
    for (const word of ['Bank', 'National', 'Комісія', 'Holloway', 'Петренко', '', '’']) {
      expect(isKnownName(word), word).toBe(false)
    }
  })
})

describe('parseNames', () => {
  const errorOf = (yaml: string) => {
    try {
      parseNames(yaml, 'names.yaml')
      return 'no error'
    } catch (error) {
      return String(error).replace('Error: ', '').split('\n')
    }
  }

  it('says file, line, field, found and expected for everything that is wrong, all at once', () => {
    const yaml = `assets:
  good: { en: Good }
  Bad Key: { en: Bad }
  dull: { en: '', tickers: [btc], also: [x, 7] }
  plain: word
asets:
  other: { en: Other }
people:
  good: { en: Twice }
  odd: { english: Odd }
places: []
`
    expect(errorOf(yaml)).toEqual([
      'names.yaml:3: assets.Bad Key: found "Bad Key"; expected a key of small letters, digits and hyphens.',
      'names.yaml:4: assets.dull.tickers.0: found "btc"; expected a ticker in capitals, such as BTC.',
      'names.yaml:4: assets.dull.also.1: found 7; expected string.',
      'names.yaml:4: assets.dull.en: found ""; expected a word or a phrase with letters.',
      'names.yaml:5: assets.plain: found "word"; expected object.',
      'names.yaml:6: asets: found "asets"; expected assets.',
      'names.yaml:9: people.good: found "good"; expected another key: assets.good has this one.',
      'names.yaml:10: people.odd.english: found "english"; expected a language code, `tickers`, `also` or `about`.',
      'names.yaml:11: places: found []; expected entries such as bitcoin: { en: Bitcoin }.',
    ])
  })

  it('names the line of a slip of YAML, and of a key that is there twice', () => {
    expect(errorOf('assets:\n  a: { en: A\n')).toEqual([
      expect.stringMatching(/^names\.yaml:\d+: /),
    ])
    expect(errorOf('assets:\n  a: { en: A }\n  a: { en: B }\n')).toEqual([
      expect.stringMatching(/^names\.yaml:3: .*unique/i),
    ])
    expect(errorOf('word')).toEqual([
      expect.stringMatching(/^names\.yaml:1: the file: found "word"/),
    ])
  })

  it('takes an empty file, and everything that our own list has', () => {
    expect(parseNames('', 'names.yaml')).toEqual([])
    const groups = Map.groupBy(listEntities(), ({ kind }) => kind)
    for (const [group, kind] of Object.entries(nameGroups)) {
      const entities = groups.get(kind) ?? []
      const entries = entities.map(({ key, names, tickers, also, about }) => [
        key,
        { ...names, tickers, also, ...(about && { about }) },
      ])
      const yaml = stringify({ [group]: Object.fromEntries(entries) })
      expect(parseNames(yaml, 'names.yaml')).toEqual(entities)
      expect(entities.length).toBeGreaterThan(30)
    }
  })
})

it('a publication adds spellings to an entry that is there, and entries of its own', () => {
  const ours = parseNames('assets:\n  bitcoin: { en: Bitcoin, tickers: [BTC] }\n', 'names.yaml')
  const theirs = parseNames(
    'assets:\n  bitcoin: { uk: біткоїн, also: [btcoin] }\n  ours: { en: Our Coin, about: { en: A coin. } }\n',
    'names.yaml',
  )
  expect(extendNames(ours, theirs)).toEqual([
    {
      key: 'bitcoin',
      kind: 'asset',
      names: { en: 'Bitcoin', uk: 'біткоїн' },
      tickers: ['BTC'],
      also: ['btcoin'],
    },
    {
      key: 'ours',
      kind: 'asset',
      names: { en: 'Our Coin' },
      tickers: [],
      also: [],
      about: { en: 'A coin.' },
    },
  ])
})
