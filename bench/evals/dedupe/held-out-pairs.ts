import type { LabelledPair } from './labelled-pair.ts'

/** Pairs that were written after the method was settled and that nothing was tuned on. */
export const heldOutEnglishPairs: LabelledPair[] = [
  {
    isSame: true,
    a: [
      'Visa pilots stablecoin payouts to freelancers',
      'Card network Visa said businesses can now send payouts in USDC straight to workers’ wallets in a pilot with selected partners.',
    ],
    b: [
      'Visa to let companies pay gig workers in USDC',
      'A pilot of Visa Direct allows payouts to freelancers’ stablecoin wallets, the card company announced in Lisbon.',
    ],
  },
  {
    isSame: true,
    a: [
      'Dutch police shut down crypto mixer Veilcash',
      'Police in the Netherlands seized servers and 1,100 bitcoin from the mixing service Veilcash.',
    ],
    b: [
      'Mixer Veilcash seized in Dutch operation, 1,100 BTC confiscated',
      'Investigators took the Veilcash website offline and confiscated coins worth about $95 million.',
    ],
  },
  {
    isSame: true,
    a: [
      'JPMorgan will accept bitcoin as collateral',
      'JPMorgan Chase plans to let institutional clients pledge bitcoin and ether for loans by the end of the year.',
    ],
    b: [
      'Clients of JPMorgan to borrow against bitcoin and ether',
      'The largest US bank is going to take the two tokens as collateral for loans, people familiar with the plan said.',
    ],
  },
  {
    isSame: true,
    a: [
      'Hong Kong issues first stablecoin licences',
      'The Hong Kong Monetary Authority licensed three issuers, among them a venture of Standard Chartered.',
    ],
    b: [
      'HKMA grants stablecoin licences to three issuers',
      'A joint venture of Standard Chartered and Animoca is among the first three licensed by Hong Kong’s monetary authority.',
    ],
  },
  {
    isSame: true,
    a: [
      'Bitfarms to leave bitcoin mining for AI by 2027',
      'Bitfarms will wind down its mining business over two years and turn its sites into data centres.',
    ],
    b: [
      'Miner Bitfarms plans exit from bitcoin, bets on artificial intelligence',
      'All Bitfarms sites are to become data centres for AI by 2027, it told investors while reporting a loss of $46 million.',
    ],
  },
  {
    isSame: false,
    a: [
      'Dutch police shut down crypto mixer Veilcash',
      'Police in the Netherlands seized servers and 1,100 bitcoin from the mixing service Veilcash.',
    ],
    b: [
      'German police shut down crypto exchange service Swapfort',
      'Police in Frankfurt seized servers and 34 million euros from the no-questions exchange Swapfort.',
    ],
  },
  {
    isSame: false,
    a: [
      'JPMorgan will accept bitcoin as collateral',
      'JPMorgan Chase plans to let institutional clients pledge bitcoin and ether for loans.',
    ],
    b: [
      'JPMorgan launches deposit token JPMD on Base',
      'JPMorgan Chase has opened its deposit token to institutional clients on the Base network.',
    ],
  },
  {
    isSame: false,
    a: [
      'Bitfarms to leave bitcoin mining for AI by 2027',
      'Bitfarms will wind down its mining business over two years.',
    ],
    b: [
      'Core Scientific shareholders reject CoreWeave takeover',
      'Shareholders of bitcoin miner Core Scientific voted against a $9 billion offer by AI firm CoreWeave.',
    ],
  },
  {
    isSame: false,
    a: [
      'Hong Kong issues first stablecoin licences',
      'The Hong Kong Monetary Authority licensed three issuers.',
    ],
    b: [
      'Hong Kong lets crypto exchanges share global order books',
      'The Securities and Futures Commission relaxed its rules for licensed platforms in Hong Kong.',
    ],
  },
  {
    isSame: false,
    a: ['Ether climbs past $3,200 as staking queue grows', 'Ether rose 5% on Tuesday to $3,210.'],
    b: ['Ether climbs past $3,600 to two-month high', 'Ether rose 7% on Sunday to $3,640.'],
  },
  {
    isSame: false,
    a: [
      'Polygon co-founder takes over as chief executive of foundation',
      'Sandeep Nailwal will run the Polygon Foundation alone.',
    ],
    b: [
      'Polygon outage halts transactions for an hour',
      'The Polygon network stopped finalising blocks after a bug in a validator client.',
    ],
  },
]

export const heldOutUkrainianPairs: LabelledPair[] = [
  {
    isSame: true,
    a: [
      'monobank додав купівлю біткоїна в застосунку',
      'Олег Гороховський повідомив, що клієнти monobank зможуть купувати біткоїн у тестовому режимі.',
    ],
    b: [
      'Клієнти monobank зможуть купити біткоїн',
      'Співзасновник банку Гороховський анонсував тестовий запуск криптовалюти в застосунку.',
    ],
  },
  {
    isSame: true,
    a: [
      'Поліція Нідерландів закрила криптоміксер Veilcash',
      'Правоохоронці вилучили сервери та 1100 біткоїнів.',
    ],
    b: [
      'У Нідерландах ліквідували міксер Veilcash і конфіскували 1100 BTC',
      'Сервіс допомагав приховувати походження коштів, заявила поліція.',
    ],
  },
  {
    isSame: true,
    a: [
      'Міністерство цифрової трансформації запускає реєстр криптокомпаній',
      'Мінцифри відкрило подання заявок для постачальників послуг, повідомив міністр.',
    ],
    b: [
      'Мінцифри відкрило реєстр для криптокомпаній',
      'Постачальники послуг з віртуальними активами можуть подавати заявки.',
    ],
  },
  {
    isSame: false,
    a: [
      'monobank додав купівлю біткоїна в застосунку',
      'Олег Гороховський повідомив, що клієнти monobank зможуть купувати біткоїн.',
    ],
    b: [
      'monobank запустив рахунки для неповнолітніх у Польщі',
      'Олег Гороховський повідомив про вихід нового продукту на польський ринок.',
    ],
  },
  {
    isSame: false,
    a: [
      'Поліція Нідерландів закрила криптоміксер Veilcash',
      'Правоохоронці вилучили сервери та 1100 біткоїнів.',
    ],
    b: [
      'Поліція Німеччини закрила обмінник Swapfort',
      'Правоохоронці вилучили сервери та 34 млн євро.',
    ],
  },
  {
    isSame: false,
    a: ['Ефір подорожчав до 3200 доларів', 'У вівторок курс зріс на 5%.'],
    b: ['Ефір подорожчав до 3600 доларів', 'У неділю курс зріс на 7%.'],
  },
]

export const heldOutPairsAcrossLanguages: LabelledPair[] = [
  {
    isSame: true,
    a: [
      'Dutch police shut down crypto mixer Veilcash',
      'Police in the Netherlands seized servers and 1,100 bitcoin from the mixing service Veilcash.',
    ],
    b: [
      'У Нідерландах ліквідували міксер Veilcash і конфіскували 1100 BTC',
      'Сервіс допомагав приховувати походження коштів, заявила поліція.',
    ],
  },
  {
    isSame: true,
    a: [
      'JPMorgan will accept bitcoin as collateral',
      'JPMorgan Chase plans to let institutional clients pledge bitcoin and ether for loans by the end of the year.',
    ],
    b: [
      'JPMorgan дозволить брати кредити під заставу біткоїна',
      'Інституційні клієнти JPMorgan зможуть заставляти біткоїн та ефір до кінця року.',
    ],
  },
  {
    isSame: false,
    a: [
      'JPMorgan launches deposit token JPMD on Base',
      'JPMorgan Chase has opened its deposit token to institutional clients on the Base network.',
    ],
    b: [
      'JPMorgan дозволить брати кредити під заставу біткоїна',
      'Інституційні клієнти JPMorgan зможуть заставляти біткоїн та ефір до кінця року.',
    ],
  },
  {
    isSame: false,
    a: [
      'German police shut down crypto exchange service Swapfort',
      'Police in Frankfurt seized servers and 34 million euros.',
    ],
    b: [
      'Поліція Нідерландів закрила криптоміксер Veilcash',
      'Правоохоронці вилучили сервери та 1100 біткоїнів.',
    ],
  },
]
