import type { LabelledCase } from './labelled-case.ts'

const visa =
  'Visa will let businesses pay freelancers in USDC, the card network said at Web Summit in Lisbon. A pilot with Nuvei and Worldpay starts in the second half of 2026 and covers 14 countries. Annualized stablecoin volume at Visa reached $2.5 billion in October. “Launching stablecoin payouts is about enabling access to money in minutes,” said Chris Newkirk, a president at the company. Wallets must pass know-your-customer checks.'
const miner =
  'Bitfarms will wind down bitcoin mining over two years and turn its sites into data centres, it said on Thursday while reporting a loss of $46 million for the third quarter. Its 18-megawatt site in Washington state will be converted first, for $128 million. Shares fell 18% in Toronto. “Our site could earn more than we ever did with bitcoin,” said Ben Gagnon, chief executive.'

/** Texts that were written after the guard was settled and that nothing was tuned on. */
export const heldOutCases: LabelledCase[] = [
  {
    story: visa,
    text: 'Visa is testing payouts in USDC to freelancers. The pilot will run in 14 countries from the second half of 2026, with Nuvei and Worldpay as partners.',
    invented: [],
  },
  {
    story: visa,
    text: 'At Web Summit, Chris Newkirk spoke of “enabling access to money in minutes”. Visa counts $2.5 billion of stablecoin volume a year.',
    invented: [],
  },
  {
    story: visa,
    text: 'Visa will pay freelancers in USDT and EURC in 40 countries. Mastercard plans something similar.',
    invented: ['USDT', 'EURC', '40', 'Mastercard'],
  },
  {
    story: visa,
    text: 'The pilot starts in the first half of 2026. Jack Forestell, a manager at Visa, announced it in Paris.',
    invented: ['Jack', 'Forestell', 'Paris'],
  },
  {
    story: visa,
    text: '“This changes everything for creators,” said Chris Newkirk. Volume reached $25 billion in October.',
    invented: ['This changes everything for creators,', '$25 billion'],
  },
  {
    story: visa,
    text: 'Faster payments may help people whose local currency is weak. Checks on wallets remain necessary.',
    invented: [],
  },
  {
    story: visa,
    text: 'Stablecoin issuers such as Circle benefit. Volume at Visa tripled within a year.',
    invented: ['Circle', 'tripled'],
  },
  {
    story: miner,
    text: 'Bitfarms leaves mining. Within two years its sites become data centres, beginning with the one in Washington state, which has 18 megawatts.',
    invented: [],
  },
  {
    story: miner,
    text: 'The miner lost $46 million in the third quarter, and its shares dropped 18%. Converting the first site costs $128 million.',
    invented: [],
  },
  {
    story: miner,
    text: 'Bitfarms (BITF) lost $64 million in Q2. Riot and Marathon took the same step in 2024.',
    invented: ['BITF', '$64 million', 'Q2', 'Riot', 'Marathon', '2024'],
  },
  {
    story: miner,
    text: 'Chief executive Ben Gagnon said the company “will buy Nvidia chips”. The conversion costs $218 million.',
    invented: ['will buy Nvidia chips', 'Nvidia', '$218 million'],
  },
  {
    story: miner,
    text: 'On Thursday the company told investors about its plans. Emiliano Grodzki, its founder, resigned on 13 November.',
    invented: ['Emiliano', 'Grodzki', '13', '13 November', 'November'],
  },
  {
    story: miner,
    text: 'Other miners could follow, since demand for computing power grows. Investors were not convinced.',
    invented: [],
  },
]

export const heldOutTranslations: LabelledCase[] = [
  {
    story: visa,
    text: 'Visa дозволить компаніям платити фрилансерам у USDC, оголосили на Web Summit у Лісабоні. Пілот із Nuvei та Worldpay охопить 14 країн і стартує у другій половині 2026 року. Кріс Ньюкірк говорить про швидкий доступ до грошей.',
    invented: [],
  },
  {
    story: visa,
    text: 'Обсяг операцій зі стейблкоїнами у Visa сягнув у жовтні 2,5 млрд доларів на рік.',
    invented: [],
  },
  {
    story: visa,
    text: 'Обсяг операцій зі стейблкоїнами у Visa сягнув у листопаді 25 млрд доларів. Пілот охопить 140 країн.',
    invented: ['листопаді', '25 млрд доларів', '140'],
  },
  {
    story: miner,
    text: 'Bitfarms за два роки згорне майнінг біткоїна. У третьому кварталі збиток становив 46 млн доларів. Акції впали в Торонто на 18%, повідомив Бен Ганьйон.',
    invented: [],
  },
  {
    story: miner,
    text: 'Bitfarms згорне майнінг за три роки, заявив Джефф Морфі. Майданчик у Техасі перебудують за 128 млн доларів.',
    invented: ['три', 'Джефф', 'Морфі', 'Техасі'],
  },
]
