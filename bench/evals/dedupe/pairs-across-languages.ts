import type { LabelledPair } from './labelled-pair.ts'

/** English on the one side, Ukrainian on the other, made up for this purpose. */
export const pairsAcrossLanguages: LabelledPair[] = [
  {
    isSame: true,
    a: [
      'Kraken buys Backed Finance in push for tokenized stocks',
      'Crypto exchange Kraken will acquire Backed Finance, the firm behind xStocks.',
    ],
    b: [
      'Kraken купує компанію Backed Finance',
      'Криптобіржа Kraken придбає Backed Finance, яка випускає токенізовані акції.',
    ],
  },
  {
    isSame: true,
    a: [
      'Tether freezes $12 million in USDT at request of Spanish police',
      'Stablecoin issuer Tether froze tokens in five Tron wallets tied to a fraud case in Valencia.',
    ],
    b: [
      'Tether заморозила 12 млн доларів на запит іспанської поліції',
      'Емітент стейблкоїна заблокував п’ять гаманців у мережі Tron у справі про шахрайство у Валенсії.',
    ],
  },
  {
    isSame: true,
    a: [
      'Hackers drain $41 million from lending protocol Moonlend',
      'An attacker exploited a price oracle of Moonlend on Avalanche.',
    ],
    b: [
      'Хакери викрали 41 млн доларів з протоколу Moonlend',
      'Зловмисник використав вразливість оракула Moonlend у мережі Avalanche.',
    ],
  },
  {
    isSame: true,
    a: [
      'Coinbase to cut 5% of staff, citing efficiency',
      'Coinbase will lay off about 220 employees, Chief Executive Brian Armstrong told staff.',
    ],
    b: [
      'Coinbase звільнить 220 працівників',
      'Генеральний директор Браян Армстронг повідомив про скорочення 5% персоналу.',
    ],
  },
  {
    isSame: true,
    a: [
      'Bitcoin falls below $80,000 as ETF outflows mount',
      'The largest cryptocurrency lost 6% on Thursday and traded at $79,400.',
    ],
    b: [
      'Біткоїн упав нижче 80 000 доларів',
      'Найбільша криптовалюта втратила 6% у четвер і торгувалася по 79 400 доларів після відпливу коштів з ETF.',
    ],
  },
  {
    isSame: true,
    a: [
      'Lithuania grants WhiteBIT a licence under MiCA',
      'The Bank of Lithuania has authorised crypto exchange WhiteBIT to serve the whole EU.',
    ],
    b: [
      'WhiteBIT отримала ліцензію в Литві за правилами MiCA',
      'Банк Литви видав криптобіржі WhiteBIT дозвіл на надання послуг у всьому ЄС.',
    ],
  },
  {
    isSame: false,
    a: [
      'Kraken files confidentially for an IPO',
      'Crypto exchange Kraken has submitted a draft registration statement to the SEC.',
    ],
    b: [
      'Kraken купує компанію Backed Finance',
      'Криптобіржа Kraken придбає Backed Finance, яка випускає токенізовані акції.',
    ],
  },
  {
    isSame: false,
    a: [
      'Bitcoin falls below $75,000 as selling deepens',
      'The largest cryptocurrency lost another 5% on Saturday and traded at $74,600.',
    ],
    b: [
      'Біткоїн упав нижче 80 000 доларів',
      'Найбільша криптовалюта втратила 6% у четвер і торгувалася по 79 400 доларів.',
    ],
  },
  {
    isSame: false,
    a: [
      'Tether invests $200 million in Italian media group',
      'Stablecoin issuer Tether bought a minority stake in a publisher in Milan.',
    ],
    b: [
      'Tether заморозила 12 млн доларів на запит іспанської поліції',
      'Емітент стейблкоїна заблокував п’ять гаманців у мережі Tron.',
    ],
  },
  {
    isSame: false,
    a: [
      'Hackers drain $9 million from bridge Starport',
      'An attacker exploited a signature check of Starport on Arbitrum.',
    ],
    b: [
      'Хакери викрали 41 млн доларів з протоколу Moonlend',
      'Зловмисник використав вразливість оракула Moonlend у мережі Avalanche.',
    ],
  },
  {
    isSame: false,
    a: [
      'Gemini to cut 10% of staff after weak quarter',
      'Gemini will lay off about 60 employees, founders Cameron and Tyler Winklevoss told staff.',
    ],
    b: [
      'Coinbase звільнить 220 працівників',
      'Генеральний директор Браян Армстронг повідомив про скорочення 5% персоналу.',
    ],
  },
  {
    isSame: false,
    a: [
      'SEC delays decision on spot XRP ETFs',
      'The Commission gave itself 60 more days to decide on funds from Bitwise and Grayscale.',
    ],
    b: ['SEC схвалила спотові ETF на Solana', 'Комісія дозволила фонди VanEck і Bitwise.'],
  },
]
