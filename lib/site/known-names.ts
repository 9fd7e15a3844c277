import type { nameGroups } from './names.ts'

/**
 * Names of the crypto world and the spellings that mean the same. The search takes them for one
 * another, and the fact check accepts one where the source has another. A line for each:
 *
 *     key | English | Ukrainian | tickers | other spellings, mistakes of readers among them
 *
 * Without a Ukrainian name the English one stands. A spelling in small letters is recognised in any
 * case, one that begins with a capital only with a capital, one in capitals only in capitals. Ukrainian
 * words are recognised in every grammatical case; `*` at the end of a word stands for any ending. A
 * publication adds to the list with a `names.yaml` (see `parse-names.ts`).
 */
export const knownNames: Record<keyof typeof nameGroups, string> = {
  assets: `
bitcoin | Bitcoin | біткоїн | BTC XBT | bitcoin, bitcoins, bitkoin, bitcon, біткойн, біткоін, биткоин, биткойн
bitcoin-cash | Bitcoin Cash | | BCH | bitcoin cash, біткоїн кеш, біткоїн-кеш
bitcoin-sv | Bitcoin SV | | BSV
ethereum | Ethereum | | ETH | ethereum, ether, etherium, etherum, ethererum, етеріум, ефіріум, ефиріум, етереум, етер, ефір, эфириум, эфир
ethereum-classic | Ethereum Classic | | ETC | етеріум класик
tether | Tether | | USDT | tether, тезер, тизер, тетер
usd-coin | USD Coin | | USDC
dai | Dai | | DAI
paypal-usd | PayPal USD | | PYUSD
eurc | EURC | | EURC
usde | USDe | | USDE
trueusd | TrueUSD | | TUSD
binance-usd | Binance USD | | BUSD
usd1 | USD1 | | USD1
rlusd | Ripple USD | | RLUSD
terrausd | TerraUSD | | UST USTC
bnb | BNB | | BNB | binance coin, бінанс коїн
solana | Solana | | SOL | solana, солана
xrp | XRP | | XRP | xrp
cardano | Cardano | | ADA | cardano, кардано
dogecoin | Dogecoin | | DOGE | dogecoin, доджкоїн, догікоїн, догкоїн, догикоин
shiba-inu | Shiba Inu | | SHIB | shiba, шиба-іну, шіба-іну
pepe | Pepe | | PEPE | Пепе
tron | Tron | | TRX | TRON, Трон
toncoin | Toncoin | | TON | toncoin, тонкоїн, The Open Network
litecoin | Litecoin | лайткоїн | LTC | litecoin, лайткойн, лайткоин
polkadot | Polkadot | | DOT | polkadot, полкадот
polygon | Polygon | | POL MATIC | Полігон
avalanche | Avalanche | | AVAX | Аваланч
chainlink | Chainlink | | LINK | chainlink, чейнлінк
stellar | Stellar | | XLM | Стеллар
monero | Monero | | XMR | monero, монеро
zcash | Zcash | | ZEC | zcash, зікеш
dash | Dash | | DASH
cosmos | Cosmos | | ATOM
near | NEAR Protocol | | NEAR
aptos | Aptos | | APT
sui | Sui | | SUI
algorand | Algorand | | ALGO
tezos | Tezos | | XTZ
hedera | Hedera | | HBAR
filecoin | Filecoin | | FIL
internet-computer | Internet Computer | | ICP
arbitrum | Arbitrum | | ARB | арбітрум
optimism | Optimism | | OP
celestia | Celestia | | TIA
starknet | Starknet | | STRK
zksync | ZKsync | | ZK
injective | Injective | | INJ
hyperliquid | Hyperliquid | | HYPE
kaspa | Kaspa | | KAS
vechain | VeChain | | VET
worldcoin | Worldcoin | | WLD | ворлдкоїн
the-graph | The Graph | | GRT
maker | MakerDAO | | MKR SKY
aave | Aave | | AAVE | Ааве
uniswap | Uniswap | | UNI | uniswap, юнісвоп, унісвап
compound | Compound | | COMP
curve | Curve Finance | | CRV | Curve
lido | Lido | | LDO
pancakeswap | PancakeSwap | | CAKE
sushiswap | SushiSwap | | SUSHI
jupiter | Jupiter | | JUP
ethena | Ethena | | ENA
eigenlayer | EigenLayer | | EIGEN
ondo | Ondo Finance | | ONDO | Ondo
ens | Ethereum Name Service | | ENS
quant | Quant | | QNT
axie | Axie Infinity | | AXS
sandbox | The Sandbox | | SAND
decentraland | Decentraland | | MANA
apecoin | ApeCoin | | APE
floki | Floki | | FLOKI
bonk | Bonk | | BONK
dogwifhat | dogwifhat | | WIF
trump-coin | Official Trump | | TRUMP
terra | Terra | | LUNA LUNC | Терра
ftt | FTX Token | | FTT
cronos | Cronos | | CRO
wrapped-bitcoin | Wrapped Bitcoin | | WBTC
steth | Staked Ether | | STETH | stETH
base | Base
lightning | Lightning Network | |  | Lightning, лайтнінг
us-dollar | US dollar | долар США | USD | dollar, dollars, долар, бакс
euro | euro | євро | EUR
hryvnia | hryvnia | гривня | UAH | hryvnias, hryvnya, гривень, грн
pound-sterling | pound sterling | фунт стерлінгів | GBP
yen | yen | єна | JPY | єн
yuan | yuan | юань | CNY | renminbi
digital-euro | digital euro | цифрове євро
digital-yuan | digital yuan | цифровий юань | | e-CNY
e-hryvnia | e-hryvnia | е-гривня | | електронна гривня, digital hryvnia
gold | gold | золото | XAU
`,
  organisations: `
binance | Binance | |  | binance, бінанс, байненс, бинанс
coinbase | Coinbase | | COIN | coinbase, коїнбейс, коінбейс, коінбейз, коинбейс, койнбейс
kraken | Kraken | |  | kraken, кракен
bitfinex | Bitfinex | |  | bitfinex, бітфінекс
bitstamp | Bitstamp | |  | bitstamp, бітстамп
bybit | Bybit | |  | bybit, байбіт, байбит
okx | OKX | |  | OKEx, okx
kucoin | KuCoin | | KCS | kucoin, кукоїн, кукоін
gemini | Gemini | |  | Джеміні
robinhood | Robinhood | | HOOD | Робінгуд, Робінхуд
htx | HTX | |  | Huobi, huobi, Хуобі
upbit | Upbit | |  | upbit, апбіт
bithumb | Bithumb | |  | bithumb, бітхамб, бітгамб
bitget | Bitget | |  | bitget, бітгет
gate | Gate.io
mexc | MEXC
deribit | Deribit | |  | deribit, дерібіт
crypto-com | Crypto.com
bitflyer | bitFlyer
bitpanda | Bitpanda
whitebit | WhiteBIT | |  | whitebit, вайтбіт
kuna | Kuna | |  | Куна
mt-gox | Mt. Gox | |  | Mt.Gox, MtGox, Маунт Гокс
ftx | FTX | |  | ftx
alameda | Alameda Research | |  | Alameda, Аламеда
celsius | Celsius Network | |  | Celsius
voyager | Voyager Digital
blockfi | BlockFi
three-arrows | Three Arrows Capital | |  | 3AC, Three Arrows
genesis | Genesis Global
digital-currency-group | Digital Currency Group | |  | DCG
tether-limited | Tether Limited | |  | Tether Holdings, Tether International
circle | Circle | | CRCL | Circle Internet Group
paxos | Paxos
ripple | Ripple | |  | Ripple Labs, рипл, ріпл
consensys | Consensys | |  | ConsenSys
metamask | MetaMask | |  | metamask, метамаск
ledger | Ledger
trezor | Trezor | |  | trezor, трезор
phantom | Phantom
trust-wallet | Trust Wallet
opensea | OpenSea
bitgo | BitGo
fireblocks | Fireblocks
anchorage | Anchorage Digital
galaxy | Galaxy Digital | |  | Galaxy
blackrock | BlackRock | |  | blackrock, Блекрок, БлекРок
fidelity | Fidelity | |  | Fidelity Investments
grayscale | Grayscale | | GBTC | Грейскейл
vaneck | VanEck
bitwise | Bitwise
invesco | Invesco
franklin-templeton | Franklin Templeton | |  | Franklin
wisdomtree | WisdomTree
ark-invest | ARK Invest | |  | ARK, Ark Invest
twentyone-shares | 21Shares
strategy | Strategy | | MSTR | MicroStrategy, Microstrategy, МайкроСтретеджі, Мікростратегі*
metaplanet | Metaplanet | |  | Метапланет
marathon | MARA Holdings | | MARA | Marathon Digital
riot | Riot Platforms | | RIOT | Riot Blockchain
cleanspark | CleanSpark | | CLSK
hut-8 | Hut 8
core-scientific | Core Scientific | | CORZ
bitmain | Bitmain | |  | Бітмейн
bitfarms | Bitfarms
foundry | Foundry USA
block-inc | Block, Inc. | | XYZ | Block Inc, Square, Cash App
tesla | Tesla | | TSLA | Тесла
spacex | SpaceX
paypal | PayPal | |  | paypal, пейпал
visa | Visa | |  | Віза
mastercard | Mastercard | |  | MasterCard, Мастеркард
stripe | Stripe
revolut | Revolut | |  | Револют
monobank | monobank | монобанк | | Monobank, Монобанк, моно банк
privatbank | PrivatBank | ПриватБанк | | Privatbank, Приватбанк
jpmorgan | JPMorgan Chase | | JPM | JPMorgan, JP Morgan, J.P. Morgan
goldman-sachs | Goldman Sachs | |  | Goldman, Голдман Сакс
morgan-stanley | Morgan Stanley
citigroup | Citigroup | |  | Citi
bank-of-america | Bank of America | |  | BofA
barclays | Barclays
hsbc | HSBC
standard-chartered | Standard Chartered
deutsche-bank | Deutsche Bank | |  | Дойче Банк
nomura | Nomura
sbi | SBI Holdings
swift | SWIFT | |  | Swift
dtcc | DTCC | |  | Depository Trust & Clearing Corporation
nasdaq | Nasdaq | |  | NASDAQ, Насдак
nyse | New York Stock Exchange | Нью-Йоркська фондова біржа | | NYSE
cme | CME Group | |  | CME, Chicago Mercantile Exchange, Чиказька товарна біржа
cboe | Cboe | |  | CBOE
chainalysis | Chainalysis | |  | Чейналізис
elliptic | Elliptic
trm-labs | TRM Labs
arkham | Arkham | |  | Arkham Intelligence
glassnode | Glassnode
cryptoquant | CryptoQuant
peckshield | PeckShield
certik | CertiK
slowmist | SlowMist
kaiko | Kaiko
messari | Messari
nansen | Nansen
coinshares | CoinShares
coingecko | CoinGecko
coinmarketcap | CoinMarketCap
coindesk | CoinDesk
cointelegraph | Cointelegraph | |  | CoinTelegraph
decrypt | Decrypt
the-block | The Block
forklog | ForkLog
bloomberg | Bloomberg | |  | Блумберг
reuters | Reuters | |  | Рейтер
telegram | Telegram | |  | телеграм
google | Google | |  | гугл, ґуґл
apple | Apple
microsoft | Microsoft | |  | Майкрософт
amazon | Amazon | |  | Амазон
meta | Meta | |  | Facebook, Фейсбук
nvidia | Nvidia | | NVDA | NVIDIA
openai | OpenAI
x-twitter | Twitter | |  | твіттер, твітер
reddit | Reddit
discord | Discord
a16z | Andreessen Horowitz | |  | a16z
pantera | Pantera Capital | |  | Pantera
paradigm | Paradigm
jump | Jump Trading | |  | Jump Crypto
wintermute | Wintermute
lazarus | Lazarus Group | |  | Lazarus, Лазарус
polymarket | Polymarket | |  | Полімаркет
kalshi | Kalshi
world-liberty | World Liberty Financial | | WLFI | World Liberty
tornado-cash | Tornado Cash
pump-fun | Pump.fun | | PUMP
wormhole | Wormhole
ethereum-foundation | Ethereum Foundation | |  | Фонд Ethereum, Фундація Ethereum
sec | Securities and Exchange Commission | Комісія з цінних паперів і бірж | | SEC, U.S. SEC, SEC США, Комісія з цінних паперів та бірж, Комісія з цінних паперів, Комісія із цінних паперів
cftc | Commodity Futures Trading Commission | Комісія з торгівлі товарними ф’ючерсами | | CFTC, комісія з торгівлі товарними ф*
fed | Federal Reserve | Федеральна резервна система | | Fed, the Fed, ФРС, Федрезерв, Federal Reserve System
fdic | Federal Deposit Insurance Corporation | Федеральна корпорація страхування депозитів | | FDIC
occ | Office of the Comptroller of the Currency | Управління контролера грошового обігу | | OCC
doj | Department of Justice | Міністерство юстиції | | DOJ, DoJ, Justice Department, мін’юст, мінюст, Мін’юст
fbi | Federal Bureau of Investigation | Федеральне бюро розслідувань | | FBI, ФБР
irs | Internal Revenue Service | Податкова служба США | | IRS
fincen | FinCEN | |  | Financial Crimes Enforcement Network
ofac | Office of Foreign Assets Control | Управління з контролю за іноземними активами | | OFAC
us-treasury | Treasury Department | Міністерство фінансів | | Treasury, U.S. Treasury, мінфін, казначейство
nydfs | New York Department of Financial Services | Департамент фінансових послуг Нью-Йорка | | NYDFS
imf | International Monetary Fund | Міжнародний валютний фонд | | IMF, МВФ
world-bank | World Bank | Світовий банк
bis | Bank for International Settlements | Банк міжнародних розрахунків | | BIS, БМР
ecb | European Central Bank | Європейський центральний банк | | ECB, ЄЦБ
bank-of-england | Bank of England | Банк Англії | | BoE, UK central bank, Britain's central bank
bank-of-japan | Bank of Japan | Банк Японії
nbu | National Bank of Ukraine | Національний банк України | | NBU, Ukraine's central bank, Ukrainian central bank, НБУ, Нацбанк, нацбанк
nssmc | National Securities and Stock Market Commission | Національна комісія з цінних паперів та фондового ринку | | NSSMC, НКЦПФР
verkhovna-rada | Verkhovna Rada | Верховна Рада | | Рада, Rada
cabinet-of-ukraine | Cabinet of Ministers of Ukraine | Кабінет Міністрів України | | Кабмін, Кабінет Міністрів
mintsyfra | Ministry of Digital Transformation | Міністерство цифрової трансформації | | Мінцифра, Мінцифри, Mintsyfra
nabu | National Anti-Corruption Bureau of Ukraine | Національне антикорупційне бюро України | | NABU, НАБУ
sbu | Security Service of Ukraine | Служба безпеки України | | SBU, СБУ
cyberpolice | Cyber Police of Ukraine | Кіберполіція України | | cyberpolice, кіберполіція
fca | Financial Conduct Authority | Управління з фінансового регулювання та нагляду | | FCA
bafin | BaFin
esma | European Securities and Markets Authority | Європейське управління з цінних паперів та ринків | | ESMA
eba | European Banking Authority | Європейське банківське управління | | EBA
fatf | Financial Action Task Force | Група з розробки фінансових заходів боротьби з відмиванням грошей | | FATF, ФАТФ
europol | Europol | Європол
interpol | Interpol | Інтерпол
mas | Monetary Authority of Singapore | Валютне управління Сінгапуру | | MAS
fsa-japan | Financial Services Agency | Агентство фінансових послуг | | FSA
sfc | Securities and Futures Commission | Комісія з цінних паперів і ф’ючерсів | | SFC
vara | Virtual Assets Regulatory Authority | Управління з регулювання віртуальних активів | | VARA
european-commission | European Commission | Європейська комісія | | Єврокомісія
european-parliament | European Parliament | Європейський парламент | | Європарламент
nato | NATO | НАТО
united-nations | United Nations | Організація Об’єднаних Націй | | UN, U.N., ООН
g7 | G7 | |  | Велика сімка, Group of Seven
g20 | G20 | |  | Велика двадцятка
congress | Congress | Конгрес
us-house | House of Representatives | Палата представників | | House
senate | Senate | Сенат | | сенат
supreme-court | Supreme Court | Верховний суд
white-house | White House | Білий дім | | Білого дому, Білому домі, Білим домом
wall-street | Wall Street | Волл-стріт | | Уолл-стріт
`,
  people: `
satoshi-nakamoto | Satoshi Nakamoto | Сатоші Накамото | | Satoshi, Nakamoto, Сатоші, Накамото
vitalik-buterin | Vitalik Buterin | Віталік Бутерін | | Vitalik, Buterin, Бутерін, Виталик Бутерин, Віталій Бутерін
sam-bankman-fried | Sam Bankman-Fried | Сем Бенкман-Фрід | | SBF, Bankman-Fried, Бенкман-Фрід, Бенкман-Фрида, Бенкмен-Фрід, Банкман-Фрід, Сем Банкман-Фрід
changpeng-zhao | Changpeng Zhao | Чанпен Чжао | | CZ, Zhao, Чжао, Чанпенг Чжао, Чанпэн Чжао
caroline-ellison | Caroline Ellison | Керолайн Еллісон | | Ellison, Еллісон, Кароліна Еллісон
brian-armstrong | Brian Armstrong | Браян Армстронг | | Armstrong, Армстронг, Брайан Армстронг
michael-saylor | Michael Saylor | Майкл Сейлор | | Saylor, Сейлор, Сэйлор
elon-musk | Elon Musk | Ілон Маск | | Musk, Маск
donald-trump | Donald Trump | Дональд Трамп | | Trump, Трамп
joe-biden | Joe Biden | Джо Байден | | Biden, Байден
jerome-powell | Jerome Powell | Джером Павелл | | Powell, Павелл, Пауелл, Джером Пауелл
janet-yellen | Janet Yellen | Джанет Єллен | | Yellen, Єллен
scott-bessent | Scott Bessent | Скотт Бессент | | Bessent, Бессент
gary-gensler | Gary Gensler | Гері Генслер | | Gensler, Генслер, Ґері Ґенслер
paul-atkins | Paul Atkins | Пол Аткінс | | Atkins, Аткінс
hester-peirce | Hester Peirce | Гестер Пірс | | Peirce, Пірс
elizabeth-warren | Elizabeth Warren | Елізабет Воррен | | Warren, Воррен, Уоррен
cynthia-lummis | Cynthia Lummis | Синтія Ламміс | | Lummis, Ламміс, Лумміс
david-sacks | David Sacks | Девід Сакс | | Sacks
arthur-hayes | Arthur Hayes | Артур Гейс | | Hayes, Гейс, Хейс, Артур Хейс
charles-hoskinson | Charles Hoskinson | Чарльз Госкінсон | | Hoskinson, Госкінсон, Хоскінсон
anatoly-yakovenko | Anatoly Yakovenko | Анатолій Яковенко | | Yakovenko, Яковенко
gavin-wood | Gavin Wood | Гевін Вуд
brad-garlinghouse | Brad Garlinghouse | Бред Гарлінгауз | | Garlinghouse, Гарлінгхаус, Гарлінгауз
paolo-ardoino | Paolo Ardoino | Паоло Ардоїно | | Ardoino, Ардоїно, Ардоіно
jeremy-allaire | Jeremy Allaire | Джеремі Аллер | | Allaire
justin-sun | Justin Sun | Джастін Сан
richard-teng | Richard Teng | Річард Тенг | | Teng, Тенг
jesse-powell | Jesse Powell | Джессі Павелл
larry-fink | Larry Fink | Ларрі Фінк | | Fink, Фінк
cathie-wood | Cathie Wood | Кеті Вуд
jamie-dimon | Jamie Dimon | Джеймі Даймон | | Dimon, Даймон
mike-novogratz | Mike Novogratz | Майк Новограц | | Novogratz, Новограц, Michael Novogratz
jack-dorsey | Jack Dorsey | Джек Дорсі | | Dorsey, Дорсі
mark-zuckerberg | Mark Zuckerberg | Марк Цукерберг | | Zuckerberg, Цукерберг
pavel-durov | Pavel Durov | Павло Дуров | | Durov, Дуров, Павел Дуров
do-kwon | Do Kwon | До Квон | | Kwon, Квон
alex-mashinsky | Alex Mashinsky | Алекс Машинський | | Mashinsky, Машинський, Alexander Mashinsky
ross-ulbricht | Ross Ulbricht | Росс Ульбріхт | | Ulbricht, Ульбріхт
roman-storm | Roman Storm | Роман Сторм
tyler-winklevoss | Tyler Winklevoss | Тайлер Вінклвосс | | Winklevoss, Вінклвосс
hal-finney | Hal Finney | Гел Фінні
nick-szabo | Nick Szabo | Нік Сабо
craig-wright | Craig Wright | Крейг Райт
sam-altman | Sam Altman | Сем Альтман | | Altman, Альтман
christine-lagarde | Christine Lagarde | Крістін Лагард | | Lagarde, Лагард
nayib-bukele | Nayib Bukele | Наїб Букеле | | Bukele, Букеле
javier-milei | Javier Milei | Хав’єр Мілей | | Milei, Мілей
volodymyr-zelenskyy | Volodymyr Zelenskyy | Володимир Зеленський | | Zelensky, Zelenskyy, Zelenskiy, Зеленський
mykhailo-fedorov | Mykhailo Fedorov | Михайло Федоров | | Fedorov, Федоров
danylo-hetmantsev | Danylo Hetmantsev | Данило Гетманцев | | Hetmantsev, Гетманцев
vladimir-putin | Vladimir Putin | Володимир Путін | | Putin, Путін
emmanuel-macron | Emmanuel Macron | Емманюель Макрон | | Macron, Макрон
`,
  terms: `
cryptocurrency | cryptocurrency | криптовалюта | | cryptocurrencies, crypto, crypto currency, crypto-currency, криптовалют, крипта, крипто валюта
stablecoin | stablecoin | стейблкоїн | | stablecoins, stable coin, stable coins, стейблкойн, стейблкоін, стейбл-коїн, стаблкоїн, стабільна монета, стейблкоин
altcoin | altcoin | альткоїн | | altcoins, alt coin, альткойн, альткоін
memecoin | memecoin | мемкоїн | | memecoins, meme coin, meme coins, meme-coin, мем-коїн, мемкойн
token | token | токен | | tokens
blockchain | blockchain | блокчейн | | blockchains, block chain, блок-чейн
defi | DeFi | |  | defi, decentralized finance, decentralised finance, децентралізовані фінанси, дефі
nft | NFT | |  | nft, nfts, non-fungible token, non-fungible tokens, невзаємозамінний токен, невзаємозамінні токени
dao | DAO | |  | decentralized autonomous organization, decentralised autonomous organisation, децентралізована автономна організація
dex | decentralized exchange | децентралізована біржа | | DEX, decentralised exchange
cex | centralized exchange | централізована біржа | | CEX, centralised exchange
cbdc | central bank digital currency | цифрова валюта центрального банку | | CBDC, CBDCs
etf | exchange-traded fund | біржовий фонд | | ETF, ETFs, exchange-traded funds, exchange traded fund
ipo | initial public offering | первинне публічне розміщення | | IPO, IPOs
ico | initial coin offering | первинне розміщення монет | | ICO, ICOs
rwa | real-world assets | активи реального світу | | RWA, RWAs, real-world asset, real world assets, реальні активи
mica | Markets in Crypto-Assets | Регламент про ринки криптоактивів | | MiCA, MICA, Markets in Crypto Assets
genius-act | GENIUS Act | закон GENIUS | | Genius Act
clarity-act | CLARITY Act | закон CLARITY | | Clarity Act
aml | anti-money laundering | протидія відмиванню коштів | | AML, протидія відмиванню
kyc | know your customer | «знай свого клієнта» | | KYC, знай свого клієнта
proof-of-work | proof of work | доказ виконання роботи | | PoW, proof-of-work
proof-of-stake | proof of stake | доказ частки володіння | | PoS, proof-of-stake
staking | staking | стейкінг | | стекінг
restaking | restaking | рестейкінг
mining | mining | майнінг | | майнінґ
halving | halving | халвінг | | halvening, галвінг, хавінг
hard-fork | hard fork | хардфорк | | hardfork, hard-fork, хард-форк
layer-2 | layer 2 | рішення другого рівня | | L2, layer-2, layer two, другий рівень
rollup | rollup | ролап | | rollups, roll-up
zero-knowledge | zero-knowledge proof | доказ з нульовим розголошенням | | ZK proof, zk-proof, zero knowledge proof
smart-contract | smart contract | смартконтракт | | smart contracts, смарт-контракт, розумний контракт
airdrop | airdrop | аірдроп | | airdrops, air drop, ейрдроп, еірдроп
wallet | wallet | гаманець | | wallets, гаманця, гаманці, криптогаманець, криптогаманця
rug-pull | rug pull | рагпул | | rugpull, rug-pull, раґпул
whale | whale | кит
liquidity | liquidity | ліквідність | | ліквідності
tvl | total value locked | загальна заблокована вартість | | TVL
all-time-high | all-time high | історичний максимум | | ATH, all time high
otc | over the counter | позабіржовий | | OTC, over-the-counter
p2p | peer-to-peer | P2P | | p2p, peer to peer
web3 | Web3 | |  | web3, web 3.0, веб3
metaverse | metaverse | метавсесвіт
ai | artificial intelligence | штучний інтелект | | AI, ШІ
ceo | chief executive officer | генеральний директор | | CEO, chief executive, гендиректор
cfo | chief financial officer | фінансовий директор | | CFO, фіндиректор
cto | chief technology officer | технічний директор | | CTO
nobel | Nobel | Нобелівська премія | | нобел*
`,
  places: `
united-states | United States | Сполучені Штати | | U.S., US, USA, America, American, Americans, США, Сполучених Штатів, Америка, американськ*, американ*
united-kingdom | United Kingdom | Сполучене Королівство | | U.K., UK, Britain, Great Britain, British, Велика Британія, Британія, британськ*, британ*
european-union | European Union | Європейський Союз | | European Parliament, European Commission, EU, E.U., ЄС, Євросоюз
europe | Europe | Європа | | European, Europeans, європейськ*, європей*
ukraine | Ukraine | Україна | | Ukrainian, Ukrainians, українськ*, україн*
russia | Russia | Росія | | Russian, Russians, російськ*, росія*
china | China | Китай | | Chinese, китайськ*, Китаю, Китаї, Китаєм
japan | Japan | Японія | | Japanese, японськ*, япон*
germany | Germany | Німеччина | | German, Germans, німецьк*
france | France | Франція | | French, французьк*
south-korea | South Korea | Південна Корея | | Korea, Korean, Koreans, South Korean, Корея, корейськ*, південнокорейськ*
north-korea | North Korea | Північна Корея | | North Korean, DPRK, КНДР, північнокорейськ*
hong-kong | Hong Kong | Гонконг | | гонконзьк*
singapore | Singapore | Сінгапур | | Singaporean, сінгапурськ*
switzerland | Switzerland | Швейцарія | | Swiss, швейцарськ*
spain | Spain | Іспанія | | Spanish, іспанськ*
italy | Italy | Італія | | Italian, Italians, італійськ*
netherlands | Netherlands | Нідерланди | | Dutch, нідерландськ*
sweden | Sweden | Швеція | | Swedish, шведськ*
austria | Austria | Австрія | | Austrian, Austrians, австрійськ*
lithuania | Lithuania | Литва | | Lithuanian, литовськ*
estonia | Estonia | Естонія | | Estonian, естонськ*
poland | Poland | Польща | | Polish, польськ*
turkey | Turkey | Туреччина | | Turkish, Türkiye, турецьк*
israel | Israel | Ізраїль | | Israeli, Israelis, ізраїльськ*
india | India | Індія | | Indian, Indians, індійськ*
brazil | Brazil | Бразилія | | Brazilian, бразильськ*
canada | Canada | Канада | | Canadian, Canadians, канадськ*
australia | Australia | Австралія | | Australian, австралійськ*
argentina | Argentina | Аргентина | | Argentine, Argentinian, аргентинськ*
vietnam | Vietnam | В’єтнам | | Vietnamese, в’єтнамськ*
nigeria | Nigeria | Нігерія | | Nigerian, нігерійськ*
el-salvador | El Salvador | Сальвадор | | Salvador, Salvadoran, Salvadorans, сальвадорськ*
uae | United Arab Emirates | Об’єднані Арабські Емірати | | UAE, ОАЕ, Emirates, Об’єднаних Арабських Еміратів
dubai | Dubai | Дубай | | дубайськ*, Дубаї
kazakhstan | Kazakhstan | Казахстан | | Kazakh, казахстанськ*
iran | Iran | Іран | | Iranian, іранськ*
new-york | New York | Нью-Йорк
washington | Washington | Вашингтон
london | London | Лондон | | лондонськ*
paris | Paris | Париж | | паризьк*
kyiv | Kyiv | Київ | | Kiev, Києва, Києві, Києву, Києвом, київськ*
lviv | Lviv | Львів | | Львова, Львові, Львову, львівськ*
moscow | Moscow | Москва | | московськ*, Москв*
beijing | Beijing | Пекін
tokyo | Tokyo | Токіо
zurich | Zurich | Цюрих | | Zürich
geneva | Geneva | Женева
vienna | Vienna | Відень | | Відня, Відні, Віднем
munich | Munich | Мюнхен
rome | Rome | Рим
warsaw | Warsaw | Варшава
prague | Prague | Прага | | Празі
copenhagen | Copenhagen | Копенгаген
lisbon | Lisbon | Лісабон
athens | Athens | Афіни
`,
}

/** What assets are, in two sentences that stay true: by key and language. */
export const knownTexts: Record<string, Record<string, string>> = {
  bitcoin: {
    en: 'Bitcoin is the oldest cryptocurrency: a payment network without an operator, in use since January 2009. Its rules allow at most 21 million coins.',
    uk: 'Біткоїн — найстаріша криптовалюта: платіжна мережа без власника, яка працює з січня 2009 року. Її правила дозволяють щонайбільше 21 мільйон монет.',
  },
  ethereum: {
    en: 'Ethereum is a blockchain that has run programs, known as smart contracts, since July 2015. Its coin, ether, pays for their work and secures the network.',
    uk: 'Ethereum — блокчейн, який із липня 2015 року виконує програми, так звані смартконтракти. Його монета, ефір, оплачує їхню роботу й захищає мережу.',
  },
  tether: {
    en: 'Tether is a stablecoin: a token that its issuer redeems for one US dollar. It is issued on many blockchains and pays no interest.',
    uk: 'Tether — стейблкоїн: токен, який емітент викуповує за один долар США. Його випускають у багатьох блокчейнах, і відсотків він не приносить.',
  },
  'usd-coin': {
    en: 'USD Coin is a stablecoin of the US company Circle, redeemed for one US dollar. Its reserves are cash and short US government bonds.',
    uk: 'USD Coin — стейблкоїн американської компанії Circle, яка викуповує його за один долар США. Резерви тримають у грошах і коротких держоблігаціях США.',
  },
  dai: {
    en: 'Dai is a stablecoin that follows the US dollar and is issued by a protocol, not by a company. Whoever takes it out locks other assets worth more.',
    uk: 'Dai — стейблкоїн, прив’язаний до долара США, який випускає протокол, а не компанія. Хто його бере, вносить у заставу інші активи більшої вартості.',
  },
  solana: {
    en: 'Solana is a blockchain for smart contracts that is built for many cheap transactions a second. It has been in operation since March 2020.',
    uk: 'Solana — блокчейн для смартконтрактів, розрахований на багато дешевих транзакцій за секунду. Працює з березня 2020 року.',
  },
  xrp: {
    en: 'XRP is the coin of the XRP Ledger, a network for payments that began in 2012. The company Ripple holds a large part of it.',
    uk: 'XRP — монета мережі XRP Ledger, створеної для платежів у 2012 році. Значну її частину тримає компанія Ripple.',
  },
  bnb: {
    en: 'BNB is the coin of BNB Chain and was first issued by the exchange Binance in 2017. It pays for transactions there and for fees on the exchange.',
    uk: 'BNB — монета мережі BNB Chain, яку 2017 року випустила біржа Binance. Нею платять за транзакції в мережі та комісії на біржі.',
  },
  dogecoin: {
    en: 'Dogecoin is a cryptocurrency that began as a joke in December 2013. Unlike Bitcoin it has no upper limit of coins.',
    uk: 'Dogecoin — криптовалюта, яка почалася як жарт у грудні 2013 року. На відміну від біткоїна, кількість її монет не обмежена.',
  },
  cardano: {
    en: 'Cardano is a blockchain for smart contracts that has run since September 2017. Its coin, ADA, is also used to take part in validation.',
    uk: 'Cardano — блокчейн для смартконтрактів, що працює з вересня 2017 року. Його монету, ADA, використовують і для участі в підтвердженні блоків.',
  },
  monero: {
    en: 'Monero is a cryptocurrency that hides senders, receivers and amounts. It has been in use since April 2014.',
    uk: 'Monero — криптовалюта, яка приховує відправників, отримувачів і суми. Нею користуються з квітня 2014 року.',
  },
  litecoin: {
    en: 'Litecoin is a cryptocurrency that was derived from Bitcoin in October 2011. Its blocks come four times as often, and there will be at most 84 million coins.',
    uk: 'Лайткоїн — криптовалюта, створена на основі біткоїна в жовтні 2011 року. Блоки в ній з’являються вчетверо частіше, а монет буде щонайбільше 84 мільйони.',
  },
}
