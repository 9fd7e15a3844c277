import type { LabelledCase } from './labelled-case.ts'

const kraken =
  'Crypto exchange Kraken will acquire Backed Finance, the issuer of xStocks, for $300 million in cash and shares, the companies said on Tuesday. The deal is expected to close by March 2027. Backed, founded in Zurich in 2021, has 40 employees. “We want every share on a chain,” said Arjun Sethi, co-CEO of Kraken. The exchange had revenue of $1.5 billion last year, up 23%.'
const tether =
  'Tether froze 12 million USDT in five wallets on Tron after a request by Spanish police. The wallets are tied to a fraud case in Valencia in which 140 people lost money, the Guardia Civil said on 14 November. Tether has frozen $2.9 billion since 2014. A spokeswoman declined to comment.'
const bitcoin =
  'Bitcoin fell 6.2% to $79,400 on Thursday, its lowest since April, as U.S. spot ETFs recorded a fifth day of outflows. Funds lost $1.12 billion this week, data from Farside show. Ether dropped 8% to $2,610. “Liquidity is thin,” said Mei Lin, an analyst at Northgate Research. The Federal Reserve meets on December 9.'
const hack =
  'An attacker drained $41 million from Moonlend, a lending protocol on Avalanche, by manipulating a price oracle, PeckShield said. The protocol paused its markets at 03:20 UTC. Two thirds of the money went to Tornado Cash. Moonlend offered the attacker a bounty of 10% and said it had contacted the FBI.'
const law =
  'The European Parliament voted 412 to 98 to extend MiCA to lending and staking. The rules take effect on 1 July 2028. Member states have 18 months to adapt, said Stefan Berger, the lawmaker who steered the bill. Circle, Bitpanda and Bitstamp supported it.'

/** Made up for this purpose: what models do to stories, and what honest retelling looks like. */
export const englishCases: LabelledCase[] = [
  {
    story: kraken,
    text: 'Kraken has agreed to buy Backed Finance for $300 million. The exchange expects to complete the purchase by March 2027.',
    invented: [],
  },
  {
    story: kraken,
    text: 'The exchange earned revenue of $1.5bn in the past year, 23 percent more than before. Backed is based in Zurich and employs 40 people.',
    invented: [],
  },
  {
    story: kraken,
    text: 'Kraken Buys Backed Finance in Bid for Tokenized Stocks\nThe company behind xStocks will become part of the exchange. According to Arjun Sethi, the goal is clear: “every share on a chain”.',
    invented: [],
  },
  {
    story: kraken,
    text: 'Kraken will pay $350 million for Backed Finance, which was founded in 2021.',
    invented: ['$350 million'],
  },
  {
    story: kraken,
    text: 'Kraken, which was founded by Jesse Powell in 2011, will acquire Backed Finance.',
    invented: ['Jesse', 'Powell', '2011'],
  },
  {
    story: kraken,
    text: 'The deal should close by March 2026. Analysts at Bernstein expect more mergers.',
    invented: ['2026', 'Bernstein'],
  },
  {
    story: kraken,
    text: '“This is a huge step for our clients,” said Arjun Sethi.',
    invented: ['This is a huge step for our clients,'],
  },
  {
    story: kraken,
    text: 'Revenue at the exchange rose 32% to $1.5 billion. Shares of Coinbase fell after the news.',
    invented: ['32%', 'Coinbase'],
  },
  {
    story: kraken,
    text: 'Why it matters: tokenized shares could draw institutional investors. However, regulators may ask questions, and competitors might follow.',
    invented: [],
  },
  {
    story: tether,
    text: 'Tether has blocked five Tron wallets holding 12 million USDT at the request of police in Spain. About 140 people lost money in the case.',
    invented: [],
  },
  {
    story: tether,
    text: 'Since 2014 the company has frozen $2.9 billion. The Guardia Civil announced the step on November 14.',
    invented: [],
  },
  {
    story: tether,
    text: 'Tether blocked six wallets with 12 million USDC on Ethereum.',
    invented: ['six', 'USDC', 'Ethereum'],
  },
  {
    story: tether,
    text: 'Chief Executive Paolo Ardoino said that Tether works with 255 agencies. “We act fast,” he added.',
    invented: ['Paolo', 'Ardoino', '255', 'We act fast,'],
  },
  {
    story: tether,
    text: 'The money was frozen on 15 November in Madrid.',
    invented: ['15', '15 November', 'Madrid'],
  },
  {
    story: tether,
    text: 'Police had asked for the freeze. Victims may get part of their money back, although nobody has promised it.',
    invented: [],
  },
  {
    story: bitcoin,
    text: 'Bitcoin lost 6.2% and traded at $79,400 on Thursday. Ether fell 8% to $2,610.',
    invented: [],
  },
  {
    story: bitcoin,
    text: 'BTC slid to $79,400 as ETFs bled $1.12 billion in a week. Traders now look to the Fed, which meets on December 9.',
    invented: [],
  },
  {
    story: bitcoin,
    text: 'Bitcoin fell 6.2% to $79,400, its lowest since June, and Solana lost 11%.',
    invented: ['June', 'Solana', '11%'],
  },
  {
    story: bitcoin,
    text: 'Funds run by BlackRock and Fidelity lost $1.12 million this week.',
    invented: ['BlackRock', 'Fidelity', '$1.12 million'],
  },
  {
    story: bitcoin,
    text: '“Liquidity is thin,” said Mei Lin of Northgate Research. The price of bitcoin has doubled since January.',
    invented: ['doubled', 'January'],
  },
  {
    story: bitcoin,
    text: '“Liquidity is very thin and getting worse,” said Mei Lin.',
    invented: ['Liquidity is very thin and getting worse,'],
  },
  {
    story: hack,
    text: 'Moonlend lost $41 million when somebody manipulated its price oracle. The protocol on Avalanche paused its markets at 03:20 UTC and offered a bounty of 10%.',
    invented: [],
  },
  {
    story: hack,
    text: 'The attacker sent the funds to Tornado Cash. Security firm PeckShield noticed the theft; the FBI was told.',
    invented: [],
  },
  {
    story: hack,
    text: 'CertiK said that $41 million was taken. The token MOON fell 38%. It is the third attack of this kind on Arbitrum.',
    invented: ['CertiK', 'MOON', '38%', 'Arbitrum'],
  },
  {
    story: hack,
    text: 'The hack is similar to the one on Euler in 2023, in which $197 million was stolen by the Lazarus group.',
    invented: ['Euler', '2023', '$197 million', 'Lazarus'],
  },
  {
    story: hack,
    text: 'Users could lose trust in lending protocols. Developers will probably review how oracles are used.',
    invented: [],
  },
  {
    story: law,
    text: 'With 412 votes to 98 the European Parliament extended MiCA to lending and staking. States have 18 months; the rules apply from 1 July 2028.',
    invented: [],
  },
  {
    story: law,
    text: 'The EU will regulate staking. Stefan Berger steered the bill, and firms such as Circle and Bitpanda backed it.',
    invented: [],
  },
  {
    story: law,
    text: 'The European Parliament voted 421 to 98. The rules take effect on 1 June 2028.',
    invented: ['421', '1 June', 'June'],
  },
  {
    story: law,
    text: 'Christine Lagarde welcomed the vote, and the ECB will publish guidance within 24 months.',
    invented: ['Christine', 'Lagarde', 'ECB', '24'],
  },
  {
    story: law,
    text: 'Lenders and staking providers face new duties. Binance and Kraken had opposed the bill.',
    invented: ['Binance', 'Kraken'],
  },
  {
    story: law,
    text: 'Half of the lawmakers from Germany voted against it.',
    invented: ['Half', 'Germany'],
  },
]
