import { defineSite } from 'dateline/site'

/**
 * The publication: everything that makes this site this paper. Each setting is explained in
 * lib/site/site-config.ts; what is left out has a default. The server reads the file when it starts.
 */
export default defineSite({
  name: 'Dateline',
  tagline: {
    en: 'Crypto news, plainly told',
    uk: 'Новини криптосвіту простими словами',
  },
  description: {
    en: 'Dateline reports on crypto plainly: what happened, why it matters, and where each text comes from.',
    uk: 'Dateline пише про криптовалюти просто: що сталося, чому це важливо і звідки взято кожен текст.',
  },
  notice: {
    en: 'This is a demonstration: the news of November 2026, its firms and its people are invented. The explainers are about things that happened.',
    uk: 'Це демонстрація: новини листопада 2026 року, фірми й людей у них вигадано. Пояснення розповідають про справжні події.',
  },
  foundedAt: '2026-11-01',
  timeZone: 'UTC',
  languages: ['en', 'uk'],
  defaultLanguage: 'en',

  // In the order of the menu.
  sections: [
    { key: 'BITCOIN', names: { en: 'Bitcoin', uk: 'Біткоїн' } },
    { key: 'MARKETS', names: { en: 'Markets', uk: 'Ринки' } },
    { key: 'REGULATION', names: { en: 'Regulation', uk: 'Регулювання' } },
    { key: 'ETHEREUM', names: { en: 'Ethereum', uk: 'Ethereum' } },
    { key: 'DEFI', names: { en: 'DeFi', uk: 'DeFi' } },
    { key: 'SECURITY', names: { en: 'Security', uk: 'Безпека' } },
    { key: 'BUSINESS', names: { en: 'Business', uk: 'Бізнес' } },
    { key: 'TECHNOLOGY', names: { en: 'Technology', uk: 'Технології' } },
    { key: 'TRADING', names: { en: 'Trading', uk: 'Трейдинг' }, inMenu: false },
    { key: 'STABLECOINS', names: { en: 'Stablecoins', uk: 'Стейблкоїни' }, inMenu: false },
    { key: 'MINING', names: { en: 'Mining', uk: 'Майнінг' }, inMenu: false },
    { key: 'CULTURE', names: { en: 'Culture', uk: 'Культура' }, inMenu: false },
  ],

  logo: 'brand/logo.svg',
  unsplash: { appName: 'dateline' },
  userAgent: 'Dateline-Ingest/1.0 (news reader)',
})
