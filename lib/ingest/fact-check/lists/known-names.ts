import { toNameKey } from '../name-key.ts'

/** Names that crypto news is full of and models like to bring along, each by its distinctive word. */
const names = `
Binance Coinbase Kraken Bitfinex Bitstamp Bybit OKX KuCoin Gemini Robinhood Huobi Upbit Bithumb Bitget
Deribit Crypto.com WhiteBIT Kuna BlackRock Fidelity Grayscale VanEck Bitwise Invesco Franklin
WisdomTree ARK Galaxy MicroStrategy Metaplanet Tesla SpaceX PayPal Visa Mastercard Stripe Revolut Circle
Tether Paxos Ripple Chainlink Uniswap Aave Lido MakerDAO Compound Curve Solana Ethereum Bitcoin Cardano
Polygon Avalanche Polkadot Dogecoin Litecoin Monero Zcash Arbitrum Optimism Cosmos Toncoin Tron Stellar
Filecoin JPMorgan Goldman Citigroup Barclays HSBC Deutsche Nomura Nasdaq NYSE CME Cboe Chainalysis
Elliptic Arkham Glassnode CryptoQuant Kaiko Messari Nansen Bloomberg Reuters CoinDesk Cointelegraph Decrypt
Trump Biden Yellen Powell Gensler Atkins Warren Lummis Musk Saylor Armstrong Zhao Buterin Nakamoto
Bankman-Fried Ellison Hayes Hoskinson Yakovenko Garlinghouse Fink Dimon Novogratz Ethena Pepe Shiba
Telegram Google Apple Microsoft Amazon Meta Nvidia OpenAI Twitter Reddit Discord Mt.Gox FTX Celsius Terra
Lazarus Europol Interpol FinCEN OFAC IRS FCA BaFin MiCA ESMA FATF Kyiv Moscow Beijing Tokyo Singapore Dubai
Ukraine Russia China Japan Germany France Switzerland Brazil India Israel Nigeria Argentina Salvador
Zelensky Putin Макрон Зеленський Путін Маск Сейлор Трамп Байден Пауелл Бутерін Федоров Монобанк ПриватБанк
`
  .trim()
  .split(/\s+/)

const keys = new Set(names.map((name) => name.toLowerCase()))
const cyrillicKeys = new Set(names.map(toNameKey).filter((key) => key.length >= 4))

/** Whether a word is one of the names that are named most, in either script and with Ukrainian endings. */
export function isKnownName(word: string): boolean {
  const plain = word.toLowerCase().replace(/[’'ʼ]s$/u, '')
  if (keys.has(plain)) return true
  if (!/[\u0400-\u04FF]/u.test(plain)) return false
  const stem = plain.replace(/(?:ом|ем|ою|ею|ові|у|а|и|і|ю|я)$/u, '')
  return cyrillicKeys.has(toNameKey(plain)) || cyrillicKeys.has(toNameKey(stem))
}
