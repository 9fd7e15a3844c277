import type { Messages } from '../messages.ts'
import { ukTools } from './uk-tools.ts'

/** Every word of the interface in Ukrainian. */
export const uk: Messages = {
  languageName: 'Українська',
  tagline: 'Новини криптосвіту простими словами',
  description:
    'Dateline пише про криптовалюти просто: що сталося, чому це важливо і звідки взято кожен текст.',

  skipToContent: 'Перейти до змісту',
  sections: 'Розділи',
  latest: 'Останнє',
  latestNews: 'Останні новини',
  archive: 'Архів',
  search: 'Пошук',
  home: 'Головна',
  frontPage: 'Головна сторінка',
  languages: 'Мови',
  feed: 'RSS-стрічка',
  feeds: 'Стрічки новин',
  moreLatest: 'Усі останні новини',
  moreFrom: (section) => `Більше в розділі «${section}»`,
  footerNote:
    'Статті з позначкою «За допомогою ШІ» написала мовна модель за названим у них джерелом.',
  footerNavigation: 'Нижнє меню',

  pinned: 'Закріплено',
  category: 'Розділ',
  tag: 'Тема',
  tags: 'Теми',
  source: 'Джерело',
  alsoReportedBy: 'Про це також повідомляють:',
  published: 'Опубліковано',
  updated: 'Оновлено',
  by: 'Автор:',
  viaSource: (source) => `За матеріалом: ${source}`,
  readTheOriginal: 'Читати оригінал',
  minutes: { one: '# хвилина', few: '# хвилини', many: '# хвилин', other: '# хвилини' },
  readingTime: (minutes) => `Читати ${minutes}`,
  articles: { one: '# стаття', few: '# статті', many: '# статей', other: '# статті' },
  sentiment: 'Тон',
  sentiments: { POSITIVE: 'Позитивний', NEUTRAL: 'Нейтральний', NEGATIVE: 'Негативний' },
  photoBy: 'Фото:',
  onPlatform: 'на',
  aiRewritten: 'За допомогою ШІ',
  aiTranslated: 'Машинний переклад',
  aboutThisText: 'Про цей текст',
  aiRewrittenNote: (source) =>
    source
      ? `Цей текст написала мовна модель за матеріалом джерела ${source}.`
      : 'Цей текст написала мовна модель.',
  aiTranslatedNote: (language) => `Мовна модель переклала його з мови оригіналу: ${language}.`,
  corrections: 'Виправлення',
  contents: 'Зміст',
  related: 'За темою',
  newerArticle: 'Новіша',
  olderArticle: 'Давніша',
  moreArticles: 'Інші статті',
  emptyBody: 'У цієї статті немає тексту, крім заголовка.',
  footnotes: 'Примітки',
  backToText: 'Назад до тексту',
  tableLabel: 'Таблиця',
  taskDone: 'Зроблено:',
  taskOpen: 'Не зроблено:',
  imageLink: (alt) => (alt ? `Зображення: ${alt}` : 'Зображення'),

  previewTitle: 'Попередній перегляд — не опубліковано.',
  previewReasons: {
    draft: () => 'Це чернетка.',
    scheduled: (date) => `Публікацію заплановано: ${date}.`,
    withdrawn: () => 'Статтю відкликано.',
  },

  pages: 'Сторінки',
  page: 'Сторінка',
  pageOf: (page, pageCount) => `Сторінка ${page} з ${pageCount}`,
  newerPage: 'Новіші',
  olderPage: 'Давніші',
  nothingYet: 'Тут ще нічого не опубліковано.',
  nothingYetHint: 'Нові статті з’являться тут, щойно їх опублікують.',
  archiveIntro: 'Усе, що ми опублікували, місяць за місяцем.',
  listingDescription: (name) => `Новини й пояснення на тему «${name}» від Dateline.`,
  sourceDescription: (name) => `Статті, які Dateline підготував за матеріалами: ${name}.`,
  monthDescription: (month) => `Усе, що опублікував Dateline: ${month}.`,
  latestDescription: 'Усі статті, від найновішої.',

  filteredFeedDescription: (choice) => `Статті Dateline за умовами: ${choice}.`,
  feedPage: {
    intro:
      'Читайте видання у своїй програмі для стрічок: нові статті надходитимуть самі, повністю, без реклами й стеження.',
    everything: 'Усі статті',
    formats:
      'Кожна стрічка є в трьох форматах з однаковим вмістом. RSS розуміють усюди; Atom і JSON Feed — для програм, яким вони зручніші.',
    outline: 'Усі стрічки цієї сторінки в одному файлі OPML — для імпорту в програму для читання',
    byCategory: 'За розділами',
    bySource: 'За джерелами',
    elsewhere:
      'Кожна тема й кожен місяць теж мають стрічки: додайте rss.xml, atom.xml або feed.json до адреси їхньої сторінки.',
    ownTitle: 'Ваша власна стрічка',
    own: 'Оберіть, що хочете читати. Стаття має відповідати всім умовам, які ви поставите.',
    any: 'будь-що',
    tagHint: 'тема, наприклад Layer 2',
    open: (format) => `Відкрити як ${format}`,
    parametersTitle: 'Адреси з умовами',
    parameters:
      'До адреси будь-якої стрічки можна додати ці параметри, кожен щонайбільше один раз і в будь-якому поєднанні. Решту параметрів прибирає переспрямування, а на розділ, тему чи джерело без статей сервер відповідає 404.',
    parameterHelp: {
      category: 'розділ, як в адресі його сторінки',
      tag: 'тема, як в адресі її сторінки',
      source: 'джерело, як в адресі його сторінки',
      sentiment: 'positive, neutral або negative: як новина звучить для ринку',
    },
    extensionTitle: 'Що наші стрічки кажуть понад формати',
    sentimentMark:
      'У RSS та Atom категорія, у якої domain або scheme — адреса цього абзацу, містить тон статті: positive, neutral або negative.',
    provenanceMark:
      'dcterms:provenance каже, що зробила мовна модель: спершу тип цифрового джерела за IPTC, далі rewritten (переписано), expanded (коли доповнено), version (версія) і translated-from (мова оригіналу) — те, що стосується статті.',
    jsonMark:
      'У JSON Feed об’єкт _dateline містить sentiment, source, ai, corrections та image (варіанти зображення, мініатюру, опис і автора фото).',
    apiTitle: 'Для програм',
    api: 'Ті самі статті доступні у форматі JSON, з тими самими умовами та з пошуком. Усе про це — в описі OpenAPI:',
  },

  about: 'Про видання',
  aboutTitle: 'Як працює Dateline',
  aboutIntro: 'Що ми публікуємо, звідки це береться і що робимо, коли помилилися.',
  principles: [
    {
      title: 'Кожен текст називає джерело',
      text: 'Більшість наших статей переказує матеріал, який підготував хтось інший. Стаття називає це джерело, а коли матеріал має адресу, то й посилається на нього.',
    },
    {
      title: 'Машинний текст позначено',
      text: 'Статті, які написала чи переклала мовна модель, мають позначку біля заголовка й примітку під текстом. Те саме повідомляють програмам стрічки, структуровані дані й версія у форматі Markdown.',
    },
    {
      title: 'Помилки виправляємо відкрито',
      text: 'Виправлення стоїть під статтею з датою і пояснює, що було не так. Статтю, яку не слід було публікувати, ми відкликаємо, і її адреса про це повідомляє.',
    },
    {
      title: 'Зображення мають авторів',
      text: 'Якщо ми знаємо фотографа, його ім’я стоїть під знімком. Де знімка немає, видання малює власну ілюстрацію.',
    },
  ],
  searchLabel: 'Пошук у виданні',
  searchHint: 'Слова, імена чи тикери; «лапки» тримають слова разом',
  searchButton: 'Шукати',
  searchNothing: (text) => `За запитом «${text}» нічого не знайдено.`,
  searchNothingHint: 'Спробуйте менше слів чи інші слова або перегляньте розділи.',
  searchResults: {
    one: '# результат',
    few: '# результати',
    many: '# результатів',
    other: '# результату',
  },
  searchResultsFor: (text) => `Результати за запитом «${text}»`,

  missingTitle: 'Такої сторінки немає',
  missingText: 'Можливо, в адресі помилка або сторінку перенесли, не залишивши сліду.',
  goneTitle: 'Цю статтю відкликано',
  goneText: 'Ми опублікували її, а потім відкликали. Тут її більше немає.',
  brokenTitle: 'У нас щось зламалося',
  brokenText: 'Сторінку не вдалося підготувати. Спробуйте ще раз за хвилину.',
  backHome: 'На головну',

  tools: ukTools,
}
