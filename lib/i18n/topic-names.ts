import type { Locale } from '#lib/site/locales.ts'
import { toSegment } from '#lib/site/segment.ts'

/**
 * What readers see for well-known categories and tags, by segment. Anything else is shown as
 * `formatTopic` derives it, so a new tag needs no entry here.
 */
const names: Record<string, Partial<Record<Locale, string>>> = {
  bitcoin: { en: 'Bitcoin', uk: 'Біткоїн' },
  ethereum: { en: 'Ethereum', uk: 'Ethereum' },
  markets: { en: 'Markets', uk: 'Ринки' },
  trading: { en: 'Trading', uk: 'Трейдинг' },
  regulation: { en: 'Regulation', uk: 'Регулювання' },
  security: { en: 'Security', uk: 'Безпека' },
  defi: { en: 'DeFi', uk: 'DeFi' },
  stablecoins: { en: 'Stablecoins', uk: 'Стейблкоїни' },
  mining: { en: 'Mining', uk: 'Майнінг' },
  business: { en: 'Business', uk: 'Бізнес' },
  technology: { en: 'Technology', uk: 'Технології' },
  culture: { en: 'Culture', uk: 'Культура' },
  exchange: { en: 'Exchange', uk: 'Біржі' },
  court: { en: 'Court', uk: 'Суд' },
  mica: { en: 'MiCA', uk: 'MiCA' },
  europe: { en: 'Europe', uk: 'Європа' },
  usa: { en: 'USA', uk: 'США' },
  china: { en: 'China', uk: 'Китай' },
  asia: { en: 'Asia', uk: 'Азія' },
  'el-salvador': { en: 'El Salvador', uk: 'Сальвадор' },
  ukraine: { en: 'Ukraine', uk: 'Україна' },
  halving: { en: 'Halving', uk: 'Халвінг' },
  'hard-fork': { en: 'Hard fork', uk: 'Хардфорк' },
  'soft-fork': { en: 'Soft fork', uk: 'Софтфорк' },
  lightning: { en: 'Lightning', uk: 'Lightning' },
  'layer-2': { en: 'Layer 2', uk: 'Другий рівень' },
  rollups: { en: 'Rollups', uk: 'Ролапи' },
  'smart-contracts': { en: 'Smart contracts', uk: 'Смартконтракти' },
  'proof-of-stake': { en: 'Proof of stake', uk: 'Proof of stake' },
  'proof-of-work': { en: 'Proof of work', uk: 'Proof of work' },
  hack: { en: 'Hacks', uk: 'Зломи' },
  bridge: { en: 'Bridges', uk: 'Мости' },
  bankruptcy: { en: 'Bankruptcy', uk: 'Банкрутство' },
  custody: { en: 'Custody', uk: 'Зберігання' },
  wallets: { en: 'Wallets', uk: 'Гаманці' },
  sanctions: { en: 'Sanctions', uk: 'Санкції' },
  privacy: { en: 'Privacy', uk: 'Приватність' },
  airdrop: { en: 'Airdrops', uk: 'Аірдропи' },
  lending: { en: 'Lending', uk: 'Кредитування' },
  payments: { en: 'Payments', uk: 'Платежі' },
  'tokenized-assets': { en: 'Tokenized assets', uk: 'Токенізовані активи' },
  energy: { en: 'Energy', uk: 'Енергетика' },
  history: { en: 'History', uk: 'Історія' },
  'open-source': { en: 'Open source', uk: 'Відкритий код' },
  taxes: { en: 'Taxes', uk: 'Податки' },
}

/**
 * A category or tag for people's eyes. Unknown values: a single word of up to five letters is taken
 * for a ticker or an acronym and stays as written, anything longer in capitals becomes sentence case.
 */
export function formatTopic(locale: Locale, value: string): string {
  const known = names[toSegment(value)]?.[locale]
  if (known) return known
  // A ticker may be spaced out, letter by letter.
  const isAcronym = /^(?:\S{1,5}|\S(?: \S)+)$/u.test(value)
  const isShouting = value === value.toUpperCase()
  if (isAcronym || !isShouting) return value
  return value.charAt(0) + value.slice(1).toLowerCase()
}
