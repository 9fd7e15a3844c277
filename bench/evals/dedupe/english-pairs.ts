import type { LabelledPair } from './labelled-pair.ts'

/** Headlines and first sentences in English, made up for this purpose. */
export const englishPairs: LabelledPair[] = [
  {
    isSame: true,
    a: [
      'Kraken buys Backed Finance in push for tokenized stocks',
      'Crypto exchange Kraken will acquire Backed Finance, the firm behind xStocks, the companies said on Tuesday. Terms were not disclosed.',
    ],
    b: [
      'Backed, issuer of tokenized equities, to be acquired by Kraken',
      'Kraken has agreed to take over Backed Finance AG, whose tokenized shares trade on its platform, as it prepares an IPO.',
    ],
  },
  {
    isSame: true,
    a: [
      'Tether freezes $12 million in USDT at request of Spanish police',
      'Stablecoin issuer Tether froze tokens in five Tron wallets tied to a fraud case in Valencia.',
    ],
    b: [
      'Spanish fraud probe leads Tether to block $12M of its stablecoin',
      'Five wallets on Tron holding 12 million USDT have been frozen after Spanish police contacted the issuer, Tether said.',
    ],
  },
  {
    isSame: true,
    a: [
      'Bitcoin falls below $80,000 as ETF outflows mount',
      'The largest cryptocurrency lost 6% on Thursday and traded at $79,400 after spot funds recorded a fifth day of outflows.',
    ],
    b: [
      'BTC slides under $80K, lowest since April',
      'Bitcoin dropped to $79,400 on Thursday, its weakest level since April, with U.S. spot ETFs bleeding for five days.',
    ],
  },
  {
    isSame: true,
    a: [
      'SEC approves first spot Solana ETFs',
      'The U.S. Securities and Exchange Commission cleared spot Solana funds from VanEck, Bitwise and 21Shares, which may list on Monday.',
    ],
    b: [
      'Solana ETFs get green light from US regulator',
      'VanEck, Bitwise and 21Shares won approval from the SEC to list funds that hold SOL directly. Trading could start Monday.',
    ],
  },
  {
    isSame: true,
    a: [
      'Hackers drain $41 million from lending protocol Moonlend',
      'An attacker exploited a price oracle of Moonlend on Avalanche and took $41 million in stablecoins, security firm PeckShield said.',
    ],
    b: [
      'Moonlend exploited for $41M in oracle attack',
      'Avalanche-based lender Moonlend paused its markets after an oracle manipulation cost it about $41 million.',
    ],
  },
  {
    isSame: true,
    a: [
      'Coinbase to cut 5% of staff, citing efficiency',
      'Coinbase will lay off about 220 employees, Chief Executive Brian Armstrong told staff in a memo on Wednesday.',
    ],
    b: [
      'Brian Armstrong tells Coinbase staff 220 jobs will go',
      'The exchange is cutting roughly one in twenty jobs as it restructures, according to an internal memo.',
    ],
  },
  {
    isSame: true,
    a: [
      'Former Celsius executive sentenced to four years in prison',
      'Roni Cohen-Pavon was sentenced in New York on Friday for manipulating the price of the CEL token.',
    ],
    b: [
      'Celsius: Cohen-Pavon gets four years for CEL manipulation',
      'A federal judge in Manhattan sentenced the lender’s former revenue chief Roni Cohen-Pavon to four years.',
    ],
  },
  {
    isSame: true,
    a: [
      'Stripe opens stablecoin accounts to businesses in 60 more countries',
      'Payments company Stripe said firms in 60 additional countries can now hold balances in USDC.',
    ],
    b: [
      'Stripe expands stablecoin balances to 60 new markets',
      'Businesses in sixty more countries will be able to keep money in USDC with Stripe, the company announced.',
    ],
  },
  {
    isSame: true,
    a: [
      'Ethereum developers set date for Glamsterdam upgrade',
      'The next upgrade of Ethereum will go live on mainnet on 3 March, developers agreed on a call on Thursday.',
    ],
    b: [
      'Glamsterdam hard fork scheduled for March 3',
      'Ethereum core developers have fixed 3 March as the activation date of Glamsterdam.',
    ],
  },
  {
    isSame: true,
    a: [
      'Binance wins full licence in Abu Dhabi',
      'The regulator of the Abu Dhabi Global Market has granted Binance authorisation to run an exchange, a clearing house and a broker.',
    ],
    b: [
      'Abu Dhabi regulator grants Binance global platform licence',
      'Binance said ADGM’s financial regulator gave it three licences covering its exchange, clearing and brokerage.',
    ],
  },
  {
    isSame: true,
    a: [
      'Metaplanet adds 1,200 bitcoin to its treasury',
      'Tokyo-listed Metaplanet bought 1,200 BTC for $103 million, taking its holdings to 31,900.',
    ],
    b: [
      'Japan’s Metaplanet buys another $103M worth of bitcoin',
      'Metaplanet now holds 31,900 coins after a purchase of 1,200 announced on Monday.',
    ],
  },
  {
    isSame: true,
    a: [
      'Ripple settles last claims with SEC for $50 million',
      'Ripple Labs will pay $50 million to end its case with the Securities and Exchange Commission, court filings show.',
    ],
    b: [
      'SEC and Ripple end five-year fight with $50M settlement',
      'The regulator and Ripple told a New York court that the company will pay a $50 million penalty.',
    ],
  },
  {
    isSame: true,
    a: [
      'Circle shares jump 17% after earnings beat',
      'USDC issuer Circle reported revenue of $770 million for the third quarter, above estimates.',
    ],
    b: [
      'Circle beats estimates as USDC grows; stock surges',
      'Revenue at the stablecoin company came in at $770 million in the quarter and its shares rose 17%.',
    ],
  },
  {
    isSame: true,
    a: [
      'Bank of England proposes caps on stablecoin holdings',
      'Individuals would be able to hold no more than 20,000 pounds in a systemic stablecoin under plans published by the Bank of England.',
    ],
    b: [
      'UK central bank wants £20,000 limit for stablecoin holders',
      'The Bank of England has set out rules that limit what people may keep in systemic stablecoins to 20,000 pounds.',
    ],
  },
  {
    isSame: true,
    a: [
      'Do Kwon pleads guilty to fraud over Terra collapse',
      'Terraform Labs co-founder Do Kwon admitted two counts of fraud in a Manhattan court on Tuesday.',
    ],
    b: [
      'Terraform founder Kwon admits guilt in US court',
      'Do Kwon changed his plea and admitted conspiracy and wire fraud in the case over TerraUSD.',
    ],
  },
  {
    isSame: true,
    a: [
      'Mt. Gox pushes repayment deadline back by a year',
      'The trustee of the failed exchange Mt. Gox moved the deadline for repaying creditors to October 2027.',
    ],
    b: [
      'Creditors of Mt. Gox must wait until 2027 as trustee extends deadline',
      'Repayments to Mt. Gox creditors will now be completed by October 2027, the trustee said in a letter.',
    ],
  },
  {
    isSame: true,
    a: [
      'Franklin Templeton brings its money market fund to BNB Chain',
      'The asset manager’s tokenized Benji fund is now available on BNB Chain.',
    ],
    b: [
      'Benji, Franklin Templeton’s tokenized fund, launches on BNB Chain',
      'Investors can hold the on-chain money market fund on BNB Chain, the manager said.',
    ],
  },
  {
    isSame: true,
    a: [
      'Brazil to tax crypto gains at a flat 17.5%',
      'Brazil’s government ended an exemption for small sales and set a flat rate of 17.5% on gains from crypto.',
    ],
    b: [
      'Brazil scraps exemption, sets 17.5 percent tax on cryptocurrency profits',
      'All gains on digital assets in Brazil will be taxed at 17.5 percent from January.',
    ],
  },
  {
    isSame: false,
    a: [
      'Kraken buys Backed Finance in push for tokenized stocks',
      'Crypto exchange Kraken will acquire Backed Finance, the firm behind xStocks, the companies said on Tuesday.',
    ],
    b: [
      'Kraken files confidentially for an IPO',
      'Crypto exchange Kraken has submitted a draft registration statement to the SEC for a listing in New York.',
    ],
  },
  {
    isSame: false,
    a: [
      'Bitcoin falls below $80,000 as ETF outflows mount',
      'The largest cryptocurrency lost 6% on Thursday and traded at $79,400.',
    ],
    b: [
      'Bitcoin falls below $75,000 as selling deepens',
      'The largest cryptocurrency lost another 5% on Saturday and traded at $74,600.',
    ],
  },
  {
    isSame: false,
    a: [
      'Bitcoin rises above $90,000 on rate cut hopes',
      'Bitcoin gained 4% on Monday as traders bet on a cut by the Federal Reserve in December.',
    ],
    b: [
      'Bitcoin slips below $90,000 after Fed minutes',
      'Bitcoin lost 3% on Wednesday after minutes of the Federal Reserve cooled hopes for a cut in December.',
    ],
  },
  {
    isSame: false,
    a: [
      'SEC approves first spot Solana ETFs',
      'The Securities and Exchange Commission cleared spot Solana funds from VanEck and Bitwise.',
    ],
    b: [
      'SEC delays decision on spot XRP ETFs',
      'The Securities and Exchange Commission gave itself 60 more days to decide on spot XRP funds from Bitwise and Grayscale.',
    ],
  },
  {
    isSame: false,
    a: [
      'SEC approves spot Litecoin ETF',
      'The US regulator approved a fund that holds litecoin from Canary Capital.',
    ],
    b: [
      'SEC rejects spot Litecoin ETF',
      'The US regulator rejected a fund that holds litecoin from Canary Capital.',
    ],
  },
  {
    isSame: false,
    a: [
      'Hackers drain $41 million from lending protocol Moonlend',
      'An attacker exploited a price oracle of Moonlend on Avalanche and took $41 million.',
    ],
    b: [
      'Hackers drain $9 million from bridge Starport',
      'An attacker exploited a signature check of Starport on Arbitrum and took $9 million.',
    ],
  },
  {
    isSame: false,
    a: [
      'Coinbase to cut 5% of staff, citing efficiency',
      'Coinbase will lay off about 220 employees, Chief Executive Brian Armstrong told staff.',
    ],
    b: [
      'Gemini to cut 10% of staff after weak quarter',
      'Gemini will lay off about 60 employees, founders Cameron and Tyler Winklevoss told staff.',
    ],
  },
  {
    isSame: false,
    a: [
      'Metaplanet adds 1,200 bitcoin to its treasury',
      'Tokyo-listed Metaplanet bought 1,200 BTC for $103 million.',
    ],
    b: [
      'Metaplanet adds 780 bitcoin to its treasury',
      'Tokyo-listed Metaplanet bought 780 BTC for $68 million.',
    ],
  },
  {
    isSame: false,
    a: [
      'Strategy buys 2,500 bitcoin for $215 million',
      'Michael Saylor’s Strategy bought 2,500 BTC last week.',
    ],
    b: [
      'Metaplanet buys 1,200 bitcoin for $103 million',
      'Tokyo-listed Metaplanet bought 1,200 BTC last week.',
    ],
  },
  {
    isSame: false,
    a: [
      'Binance wins full licence in Abu Dhabi',
      'The regulator of the Abu Dhabi Global Market has granted Binance authorisation.',
    ],
    b: [
      'Bybit wins full licence in Abu Dhabi’s neighbour Dubai',
      'Dubai’s virtual assets regulator has granted Bybit an operating licence.',
    ],
  },
  {
    isSame: false,
    a: [
      'Tether freezes $12 million in USDT at request of Spanish police',
      'Stablecoin issuer Tether froze tokens in five Tron wallets tied to a fraud case in Valencia.',
    ],
    b: [
      'Tether invests $200 million in Italian media group',
      'Stablecoin issuer Tether bought a minority stake in a publisher in Milan.',
    ],
  },
  {
    isSame: false,
    a: [
      'Circle shares jump 17% after earnings beat',
      'USDC issuer Circle reported revenue of $770 million for the third quarter.',
    ],
    b: [
      'Coinbase shares jump 9% after earnings beat',
      'Exchange Coinbase reported revenue of $1.9 billion for the third quarter.',
    ],
  },
  {
    isSame: false,
    a: [
      'Brazil to tax crypto gains at a flat 17.5%',
      'Brazil’s government ended an exemption for small sales and set a flat rate.',
    ],
    b: [
      'India keeps 30% tax on crypto gains in new budget',
      'India’s finance minister left the tax on gains from crypto unchanged at 30%.',
    ],
  },
  {
    isSame: false,
    a: [
      'Do Kwon pleads guilty to fraud over Terra collapse',
      'Terraform Labs co-founder Do Kwon admitted two counts of fraud in a Manhattan court on Tuesday.',
    ],
    b: [
      'Do Kwon asks judge for sentence of no more than five years',
      'Lawyers for Terraform Labs co-founder Do Kwon filed a memo before his sentencing in December.',
    ],
  },
  {
    isSame: false,
    a: [
      'Ethereum developers set date for Glamsterdam upgrade',
      'The next upgrade of Ethereum will go live on mainnet on 3 March.',
    ],
    b: [
      'Ethereum Foundation names two new directors',
      'The Ethereum Foundation has appointed two co-executive directors.',
    ],
  },
  {
    isSame: false,
    a: [
      'Stripe opens stablecoin accounts to businesses in 60 more countries',
      'Payments company Stripe said firms in more countries can hold balances in USDC.',
    ],
    b: [
      'PayPal lets merchants in 20 countries take stablecoin payments',
      'Payments company PayPal said merchants in more countries can be paid in PYUSD.',
    ],
  },
  {
    isSame: false,
    a: [
      'US spot bitcoin ETFs record $450 million of inflows',
      'Spot bitcoin funds in the United States took in $450 million on Monday, led by BlackRock’s IBIT.',
    ],
    b: [
      'US spot ether ETFs record $120 million of inflows',
      'Spot ether funds in the United States took in $120 million on Monday, led by BlackRock’s ETHA.',
    ],
  },
  {
    isSame: false,
    a: [
      'US spot bitcoin ETFs see $450 million of inflows',
      'Spot bitcoin funds took in $450 million on Monday, led by BlackRock’s IBIT.',
    ],
    b: [
      'US spot bitcoin ETFs see $310 million of outflows',
      'Spot bitcoin funds lost $310 million on Tuesday, led by Fidelity’s FBTC.',
    ],
  },
  {
    isSame: false,
    a: [
      'Uniswap holders vote to switch on fees',
      'Holders of UNI approved a proposal to share protocol fees and burn tokens.',
    ],
    b: [
      'Aave holders vote to cut emissions',
      'Holders of AAVE approved a proposal to reduce safety module rewards.',
    ],
  },
  {
    isSame: false,
    a: [
      'Upbit halts withdrawals after $36 million hot wallet theft',
      'South Korean exchange Upbit suspended Solana withdrawals after an intrusion.',
    ],
    b: [
      'Upbit resumes deposits and withdrawals a week after theft',
      'South Korean exchange Upbit reopened transfers after moving funds to new wallets.',
    ],
  },
]
