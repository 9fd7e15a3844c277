/** A story, a text that was made from it, and which of its facts do not stand there, as they are written. */
export type WrittenCase = { story: string; text: string; invented: string[] }

const krakenStory =
  'Crypto exchange Kraken will acquire Backed Finance, the issuer of xStocks, for $300 million in cash and shares, the companies said on Tuesday. The deal is expected to close by March 2027. Backed, founded in Zurich in 2021, has 40 employees. “We want every share on a chain,” said Arjun Sethi, co-CEO of Kraken. The exchange had revenue of $1.5 billion last year, up 23%.'
const tetherStory =
  'Tether froze 12 million USDT in five wallets on Tron after a request by Spanish police. The wallets are tied to a fraud case in Valencia in which 140 people lost money, the Guardia Civil said on 14 November. Tether has frozen $2.9 billion since 2014. A spokeswoman declined to comment.'
const bitcoinStory =
  'Bitcoin fell 6.2% to $79,400 on Thursday, its lowest since April, as U.S. spot ETFs recorded a fifth day of outflows. Funds lost $1.12 billion this week, data from Farside show. Ether dropped 8% to $2,610. “Liquidity is thin,” said Mei Lin, an analyst at Northgate Research. The Federal Reserve meets on December 9.'
const hackStory =
  'An attacker drained $41 million from Moonlend, a lending protocol on Avalanche, by manipulating a price oracle, PeckShield said. The protocol paused its markets at 03:20 UTC. Two thirds of the money went to Tornado Cash. Moonlend offered the attacker a bounty of 10% and said it had contacted the FBI.'
const lawStory =
  'The European Parliament voted 412 to 98 to extend MiCA to lending and staking. The rules take effect on 1 July 2028. Member states have 18 months to adapt, said Stefan Berger, the lawmaker who steered the bill. Circle, Bitpanda and Bitstamp supported it.'

const taxUkrainian =
  'Верховна Рада ухвалила у першому читанні законопроєкт про віртуальні активи. За нього проголосували 246 депутатів. Документ передбачає податок 18% і військовий збір 5%, а протягом першого року діятиме пільгова ставка 5%, повідомив голова податкового комітету Данило Гетманцев. Закон має набути чинності 1 січня 2027 року.'
const policeUkrainian =
  'Кіберполіція викрила у Дніпрі шахрайський обмінник криптовалют. Троє чоловіків ошукали 52 клієнтів на 4 млн гривень, розповіли в Нацполіції у вівторок. Під час обшуків вилучили техніку та 38 тис. доларів. Підозрюваним загрожує до 12 років ув’язнення. «Вони навіть орендували офіс», — зазначив слідчий Олег Руденко.'
const whitebitUkrainian =
  'Банк Литви видав криптобіржі WhiteBIT ліцензію за правилами MiCA. Компанія зможе працювати в усіх країнах ЄС. За словами засновника Володимира Носова, біржа має понад 8 млн користувачів і обсяг торгів 2,7 трлн доларів на рік. Біткоїн у день оголошення коштував 91 200 доларів.'

const visaHeldOut =
  'Visa will let businesses pay freelancers in USDC, the card network said at Web Summit in Lisbon. A pilot with Nuvei and Worldpay starts in the second half of 2026 and covers 14 countries. Annualized stablecoin volume at Visa reached $2.5 billion in October. “Launching stablecoin payouts is about enabling access to money in minutes,” said Chris Newkirk, a president at the company. Wallets must pass know-your-customer checks.'
const minerHeldOut =
  'Bitfarms will wind down bitcoin mining over two years and turn its sites into data centres, it said on Thursday while reporting a loss of $46 million for the third quarter. Its 18-megawatt site in Washington state will be converted first, for $128 million. Shares fell 18% in Toronto. “Our site could earn more than we ever did with bitcoin,” said Ben Gagnon, chief executive.'

/** Made up for this purpose: what models do to crypto news, and what honest rewriting looks like. */
export const writtenCases: Record<'en' | 'uk', WrittenCase[]> = {
  en: [
    {
      story: krakenStory,
      text: 'Kraken has agreed to buy Backed Finance for $300 million. The exchange expects to complete the purchase by March 2027.',
      invented: [],
    },
    {
      story: krakenStory,
      text: 'The exchange earned revenue of $1.5bn in the past year, 23 percent more than before. Backed is based in Zurich and employs 40 people.',
      invented: [],
    },
    {
      story: krakenStory,
      text: 'Kraken Buys Backed Finance in Bid for Tokenized Stocks\nThe company behind xStocks will become part of the exchange. According to Arjun Sethi, the goal is clear: “every share on a chain”.',
      invented: [],
    },
    {
      story: krakenStory,
      text: 'Kraken will pay $350 million for Backed Finance, which was founded in 2021.',
      invented: ['$350 million'],
    },
    {
      story: krakenStory,
      text: 'Kraken, which was founded by Jesse Powell in 2011, will acquire Backed Finance.',
      invented: ['Jesse', 'Powell', '2011'],
    },
    {
      story: krakenStory,
      text: 'The deal should close by March 2026. Analysts at Bernstein expect more mergers.',
      invented: ['2026', 'Bernstein'],
    },
    {
      story: krakenStory,
      text: '“This is a huge step for our clients,” said Arjun Sethi.',
      invented: ['This is a huge step for our clients,'],
    },
    {
      story: krakenStory,
      text: 'Revenue at the exchange rose 32% to $1.5 billion. Shares of Coinbase fell after the news.',
      invented: ['32%', 'Coinbase'],
    },
    {
      story: krakenStory,
      text: 'Why it matters: tokenized shares could draw institutional investors. However, regulators may ask questions, and competitors might follow.',
      invented: [],
    },
    {
      story: tetherStory,
      text: 'Tether has blocked five Tron wallets holding 12 million USDT at the request of police in Spain. About 140 people lost money in the case.',
      invented: [],
    },
    {
      story: tetherStory,
      text: 'Since 2014 the company has frozen $2.9 billion. The Guardia Civil announced the step on November 14.',
      invented: [],
    },
    {
      story: tetherStory,
      text: 'Tether blocked six wallets with 12 million USDC on Ethereum.',
      invented: ['six', 'USDC', 'Ethereum'],
    },
    {
      story: tetherStory,
      text: 'Chief Executive Paolo Ardoino said that Tether works with 255 agencies. “We act fast,” he added.',
      invented: ['Paolo', 'Ardoino', '255', 'We act fast,'],
    },
    {
      story: tetherStory,
      text: 'The money was frozen on 15 November in Madrid.',
      invented: ['15', '15 November', 'Madrid'],
    },
    {
      story: tetherStory,
      text: 'Police had asked for the freeze. Victims may get part of their money back, although nobody has promised it.',
      invented: [],
    },
    {
      story: bitcoinStory,
      text: 'Bitcoin lost 6.2% and traded at $79,400 on Thursday. Ether fell 8% to $2,610.',
      invented: [],
    },
    {
      story: bitcoinStory,
      text: 'BTC slid to $79,400 as ETFs bled $1.12 billion in a week. Traders now look to the Fed, which meets on December 9.',
      invented: [],
    },
    {
      story: bitcoinStory,
      text: 'Bitcoin fell 6.2% to $79,400, its lowest since June, and Solana lost 11%.',
      invented: ['June', 'Solana', '11%'],
    },
    {
      story: bitcoinStory,
      text: 'Funds run by BlackRock and Fidelity lost $1.12 million this week.',
      invented: ['BlackRock', 'Fidelity', '$1.12 million'],
    },
    {
      story: bitcoinStory,
      text: '“Liquidity is thin,” said Mei Lin of Northgate Research. The price of bitcoin has doubled since January.',
      invented: ['doubled', 'January'],
    },
    {
      story: bitcoinStory,
      text: '“Liquidity is very thin and getting worse,” said Mei Lin.',
      invented: ['Liquidity is very thin and getting worse,'],
    },
    {
      story: hackStory,
      text: 'Moonlend lost $41 million when somebody manipulated its price oracle. The protocol on Avalanche paused its markets at 03:20 UTC and offered a bounty of 10%.',
      invented: [],
    },
    {
      story: hackStory,
      text: 'The attacker sent the funds to Tornado Cash. Security firm PeckShield noticed the theft; the FBI was told.',
      invented: [],
    },
    {
      story: hackStory,
      text: 'CertiK said that $41 million was taken. The token MOON fell 38%. It is the third attack of this kind on Arbitrum.',
      invented: ['CertiK', 'MOON', '38%', 'Arbitrum'],
    },
    {
      story: hackStory,
      text: 'The hack is similar to the one on Euler in 2023, in which $197 million was stolen by the Lazarus group.',
      invented: ['Euler', '2023', '$197 million', 'Lazarus'],
    },
    {
      story: hackStory,
      text: 'Users could lose trust in lending protocols. Developers will probably review how oracles are used.',
      invented: [],
    },
    {
      story: lawStory,
      text: 'With 412 votes to 98 the European Parliament extended MiCA to lending and staking. States have 18 months; the rules apply from 1 July 2028.',
      invented: [],
    },
    {
      story: lawStory,
      text: 'The EU will regulate staking. Stefan Berger steered the bill, and firms such as Circle and Bitpanda backed it.',
      invented: [],
    },
    {
      story: lawStory,
      text: 'The European Parliament voted 421 to 98. The rules take effect on 1 June 2028.',
      invented: ['421', '1 June', 'June'],
    },
    {
      story: lawStory,
      text: 'Christine Lagarde welcomed the vote, and the ECB will publish guidance within 24 months.',
      invented: ['Christine', 'Lagarde', 'ECB', '24'],
    },
    {
      story: lawStory,
      text: 'Lenders and staking providers face new duties. Binance and Kraken had opposed the bill.',
      invented: ['Binance', 'Kraken'],
    },
    {
      story: lawStory,
      text: 'Half of the lawmakers from Germany voted against it.',
      invented: ['Half', 'Germany'],
    },
    {
      story: visaHeldOut,
      text: 'Visa is testing payouts in USDC to freelancers. The pilot will run in 14 countries from the second half of 2026, with Nuvei and Worldpay as partners.',
      invented: [],
    },
    {
      story: visaHeldOut,
      text: 'At Web Summit, Chris Newkirk spoke of “enabling access to money in minutes”. Visa counts $2.5 billion of stablecoin volume a year.',
      invented: [],
    },
    {
      story: visaHeldOut,
      text: 'Visa will pay freelancers in USDT and EURC in 40 countries. Mastercard plans something similar.',
      invented: ['USDT', 'EURC', '40', 'Mastercard'],
    },
    {
      story: visaHeldOut,
      text: 'The pilot starts in the first half of 2026. Jack Forestell, a manager at Visa, announced it in Paris.',
      invented: ['Jack', 'Forestell', 'Paris'],
    },
    {
      story: visaHeldOut,
      text: '“This changes everything for creators,” said Chris Newkirk. Volume reached $25 billion in October.',
      invented: ['This changes everything for creators,', '$25 billion'],
    },
    {
      story: visaHeldOut,
      text: 'Faster payments may help people whose local currency is weak. Checks on wallets remain necessary.',
      invented: [],
    },
    {
      story: visaHeldOut,
      text: 'Stablecoin issuers such as Circle benefit. Volume at Visa tripled within a year.',
      invented: ['Circle', 'tripled'],
    },
    {
      story: minerHeldOut,
      text: 'Bitfarms leaves mining. Within two years its sites become data centres, beginning with the one in Washington state, which has 18 megawatts.',
      invented: [],
    },
    {
      story: minerHeldOut,
      text: 'The miner lost $46 million in the third quarter, and its shares dropped 18%. Converting the first site costs $128 million.',
      invented: [],
    },
    {
      story: minerHeldOut,
      text: 'Bitfarms (BITF) lost $64 million in Q2. Riot and Marathon took the same step in 2024.',
      invented: ['BITF', '$64 million', 'Q2', 'Riot', 'Marathon', '2024'],
    },
    {
      story: minerHeldOut,
      text: 'Chief executive Ben Gagnon said the company “will buy Nvidia chips”. The conversion costs $218 million.',
      invented: ['will buy Nvidia chips', 'Nvidia', '$218 million'],
    },
    {
      story: minerHeldOut,
      text: 'On Thursday the company told investors about its plans. Emiliano Grodzki, its founder, resigned on 13 November.',
      invented: ['Emiliano', 'Grodzki', '13', '13 November', 'November'],
    },
    {
      story: minerHeldOut,
      text: 'Other miners could follow, since demand for computing power grows. Investors were not convinced.',
      invented: [],
    },
  ],
  uk: [
    {
      story: taxUkrainian,
      text: 'Депутати підтримали законопроєкт про віртуальні активи у першому читанні: «за» проголосували 246 парламентарів.',
      invented: [],
    },
    {
      story: taxUkrainian,
      text: 'Основна ставка податку становитиме 18 відсотків, ще 5% — військовий збір. За словами Данила Гетманцева, перший рік буде пільговим.',
      invented: [],
    },
    {
      story: taxUkrainian,
      text: 'За документ проголосували 264 депутати. Податок становитиме 23%.',
      invented: ['264', '23%'],
    },
    {
      story: taxUkrainian,
      text: 'Закон набуде чинності 1 липня 2027 року, заявив Михайло Федоров.',
      invented: ['1 липня', 'липня', 'Михайло', 'Федоров'],
    },
    {
      story: taxUkrainian,
      text: 'Прийняття закону може пожвавити ринок. Водночас фахівці радять дочекатися другого читання.',
      invented: ['другого'],
    },
    {
      story: taxUkrainian,
      text: 'Рада підтримала законопроєкт. Біржі Binance і Kuna вже привітали рішення парламенту.',
      invented: ['Binance', 'Kuna'],
    },
    {
      story: policeUkrainian,
      text: 'У Дніпрі троє чоловіків ошукали 52 клієнтів на чотири мільйони гривень через фейковий обмінник.',
      invented: [],
    },
    {
      story: policeUkrainian,
      text: 'За даними Нацполіції, вилучили 38 000 доларів. Зловмисникам загрожує до 12 років. «Вони навіть орендували офіс», — сказав слідчий Олег Руденко.',
      invented: [],
    },
    {
      story: policeUkrainian,
      text: 'У Харкові затримали п’ятьох шахраїв, які привласнили 4 млн доларів.',
      invented: ['Харкові', 'п’ятьох', '4 млн доларів'],
    },
    {
      story: policeUkrainian,
      text: '«Ми шукали їх понад рік», — зазначив слідчий Олег Руденко у середу.',
      invented: ['Ми шукали їх понад рік', 'середу'],
    },
    {
      story: policeUkrainian,
      text: 'Клієнтам варто перевіряти обмінники. Поліція радить не поспішати з переказами.',
      invented: [],
    },
    {
      story: whitebitUkrainian,
      text: 'WhiteBIT отримала в Литві ліцензію MiCA й працюватиме в усьому Євросоюзі. Носов каже про 8 млн користувачів.',
      invented: [],
    },
    {
      story: whitebitUkrainian,
      text: 'Річний обсяг торгів біржі сягає $2,7 трлн. У день оголошення біткоїн торгувався по $91 200.',
      invented: [],
    },
    {
      story: whitebitUkrainian,
      text: 'Ліцензію видав Банк Естонії. Біржа має 6 млн користувачів, а її токен WBT подорожчав на 12%.',
      invented: ['Естонії', '6 млн', 'WBT', '12%'],
    },
    {
      story: whitebitUkrainian,
      text: 'Раніше такі ліцензії отримали Coinbase, Kraken та OKX.',
      invented: ['Coinbase', 'Kraken', 'OKX'],
    },
    {
      story: whitebitUkrainian,
      text: 'Для користувачів це може означати більше довіри. Конкуренти, ймовірно, теж шукатимуть дозволів.',
      invented: [],
    },
  ],
}
