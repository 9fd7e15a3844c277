import type { LabelledCase } from './labelled-case.ts'

const kraken =
  'Kraken will acquire Backed Finance for $300 million by March 2027, the exchange said on Tuesday. Arjun Sethi, co-CEO of Kraken, wants every share on a chain. Backed has 40 employees in Zurich.'
const bitcoin =
  'Bitcoin fell 6.2% to $79,400 on Thursday as U.S. spot ETFs lost $1.12 billion. Mei Lin of Northgate Research said liquidity was thin. The Federal Reserve meets on December 9. ETH dropped to $2,610.'
const police =
  'Кіберполіція викрила у Дніпрі шахрайський обмінник. Троє чоловіків ошукали 52 клієнтів на 4 млн гривень, повідомив слідчий Олег Руденко. Їм загрожує до 12 років.'
const rada =
  'Верховна Рада 246 голосами ухвалила законопроєкт про віртуальні активи. Данило Гетманцев повідомив, що закон набуде чинності 1 січня 2027 року. НБУ підтримує документ.'

/** Articles and their translations, made up for this purpose. */
export const translationCases: LabelledCase[] = [
  {
    story: kraken,
    text: 'Kraken придбає Backed Finance за 300 млн доларів до березня 2027 року, повідомила біржа у вівторок. Співкерівник Kraken Арджун Сеті хоче, щоб кожна акція була в блокчейні. У Цюриху працюють 40 співробітників Backed.',
    invented: [],
  },
  {
    story: kraken,
    text: 'Біржа Кракен купує Backed Finance за $300 млн. Арджун Сетхі обіцяє акції на блокчейні.',
    invented: [],
  },
  {
    story: kraken,
    text: 'Kraken придбає Backed Finance за 350 млн доларів до травня 2027 року.',
    invented: ['350 млн доларів', 'травня'],
  },
  {
    story: kraken,
    text: 'Kraken придбає Backed Finance за 300 млн євро, а Coinbase стежить за угодою.',
    invented: ['300 млн євро', 'Coinbase'],
  },
  {
    story: kraken,
    text: 'Співкерівник Kraken Браян Армстронг хоче, щоб кожна акція була в блокчейні. У Женеві працюють 40 співробітників.',
    invented: ['Браян', 'Армстронг', 'Женеві'],
  },
  {
    story: bitcoin,
    text: 'У четвер біткоїн упав на 6,2% до 79 400 доларів, оскільки спотові ETF у США втратили 1,12 млрд доларів. Мей Лін з Northgate Research сказала про низьку ліквідність. ФРС збирається 9 грудня. ETH опустився до 2610 доларів.',
    invented: [],
  },
  {
    story: bitcoin,
    text: 'Біткоїн подешевшав на 6,2%. Федеральна резервна система засідатиме 9 грудня.',
    invented: [],
  },
  {
    story: bitcoin,
    text: 'Біткоїн упав на 62% до 79 400 доларів, а ETF втратили 1,12 млн доларів. Засідання ФРС — 19 грудня.',
    invented: ['62%', '1,12 млн доларів', '19', '19 грудня'],
  },
  {
    story: bitcoin,
    text: 'Біткоїн упав до 79 400 доларів, BTC і SOL дешевшають.',
    invented: ['SOL'],
  },
  {
    story: police,
    text: 'Cyberpolice uncovered a fraudulent exchanger in Dnipro. Three men cheated 52 clients out of 4 million hryvnias, investigator Oleh Rudenko said. They face up to 12 years.',
    invented: [],
  },
  {
    story: police,
    text: 'Police in Kharkiv found that five men cheated 52 clients out of $4 million.',
    invented: ['Kharkiv', 'five', '$4 million'],
  },
  {
    story: police,
    text: 'The investigator Oleh Rudenko said that the men face up to 15 years.',
    invented: ['15'],
  },
  {
    story: rada,
    text: 'The Verkhovna Rada passed the bill on virtual assets with 246 votes. Danylo Hetmantsev said the law would take effect on 1 January 2027. The NBU supports it.',
    invented: [],
  },
  {
    story: rada,
    text: 'Parliament passed the bill with 246 votes. Danylo Hetmantsev expects it to take effect on 1 February 2027, and Volodymyr Zelensky will sign it.',
    invented: ['1 February', 'February', 'Volodymyr', 'Zelensky'],
  },
]
