import type { Typography } from '../messages.ts'

/** Every word of the interface in English. The other dictionaries have this shape. */
export const en = {
  languageName: 'English',
  /** BCP 47, with the region whose habits dates and numbers follow. */
  languageTag: 'en-GB',
  typography: {
    quotes: [
      ['“', '”'],
      ['‘', '’'],
    ],
    shortWords: ['a', 'i', 'no\\.', 'mr\\.', 'ms\\.', 'mrs\\.', 'dr\\.', 'vs\\.'],
    units:
      'million|billion|trillion|percent|per cent|bn|mn|kg|km|m|kW|MW|GW|kWh|MWh|TWh|UTC|GMT|am|pm'
        .concat(
          '|January|February|March|April|May|June|July|August|September|October|November|December',
        )
        .split('|'),
  } satisfies Typography,
  notInThisLanguage: 'This page is not in English; to the front page',
  tagline: 'Crypto news, plainly told',
  description:
    'Dateline reports on crypto plainly: what happened, why it matters, and where each text comes from.',

  skipToContent: 'Skip to content',
  sections: 'Sections',
  latest: 'Latest',
  latestNews: 'Latest news',
  archive: 'Archive',
  search: 'Search',
  home: 'Front page',
  frontPage: 'Front page',
  languages: 'Languages',
  feed: 'RSS feed',
  feeds: 'Feeds',
  moreLatest: 'All the latest',
  moreFrom: (section: string) => `More from ${section}`,
  footerNote:
    'Articles marked “AI-assisted” were written by a language model from the source they name.',
  footerNavigation: 'Footer',

  pinned: 'Pinned',
  category: 'Category',
  tag: 'Tag',
  tags: 'Tags',
  source: 'Source',
  published: 'Published',
  updated: 'Updated',
  by: 'By',
  viaSource: (source: string) => `Via ${source}`,
  readTheOriginal: 'Read the original',
  minutes: { one: '# minute', other: '# minutes' },
  readingTime: (minutes: string) => `${minutes} to read`,
  articles: { one: '# article', other: '# articles' },
  sentiment: 'Tone',
  sentiments: { POSITIVE: 'Positive', NEUTRAL: 'Neutral', NEGATIVE: 'Negative' },
  photoBy: 'Photo by',
  onPlatform: 'on',
  aiRewritten: 'AI-assisted',
  aiTranslated: 'Machine translation',
  aboutThisText: 'About this text',
  aiRewrittenNote: (source: string | undefined) =>
    source
      ? `This text was written by a language model from a story by ${source}.`
      : 'This text was written by a language model.',
  aiTranslatedNote: (language: string) => `It was translated from ${language} by a language model.`,
  corrections: 'Corrections',
  contents: 'Contents',
  related: 'Related',
  newerArticle: 'Newer',
  olderArticle: 'Older',
  moreArticles: 'More articles',
  emptyBody: 'This article has no text beyond its headline.',
  footnotes: 'Footnotes',
  backToText: 'Back to the text',
  tableLabel: 'Table',
  taskDone: 'Done:',
  taskOpen: 'Open:',
  imageLink: (alt: string) => (alt ? `Image: ${alt}` : 'Image'),

  previewTitle: 'Preview — not published.',
  previewReasons: {
    draft: (_date: string) => 'This is a draft.',
    scheduled: (date: string) => `It is scheduled for ${date}.`,
    withdrawn: (_date: string) => 'It was withdrawn.',
  },

  pages: 'Pages',
  page: 'Page',
  pageOf: (page: string, pageCount: string) => `Page ${page} of ${pageCount}`,
  newerPage: 'Newer',
  olderPage: 'Older',
  nothingYet: 'Nothing has been published here yet.',
  nothingYetHint: 'New articles appear here as soon as they are published.',
  archiveIntro: 'Everything we have published, month by month.',
  listingDescription: (name: string) => `News and background on ${name} from Dateline.`,
  sourceDescription: (name: string) => `Articles that Dateline wrote from stories by ${name}.`,
  monthDescription: (month: string) => `Everything Dateline published in ${month}.`,
  latestDescription: 'Every article, newest first.',

  filteredFeedDescription: (choice: string) => `Articles from Dateline, chosen by: ${choice}.`,
  feedPage: {
    intro:
      'Follow the paper in the feed reader you like: new articles come to you, in full and without advertising or tracking.',
    everything: 'Everything',
    formats:
      'Each feed comes in three formats that say the same. RSS is understood everywhere; Atom and JSON Feed are there for programs that prefer them.',
    outline: 'All feeds of this page in one OPML file, for the import of a feed reader',
    byCategory: 'By section',
    bySource: 'By source',
    elsewhere:
      'Every topic and every month has feeds too: put rss.xml, atom.xml or feed.json after the address of its page.',
    ownTitle: 'A feed of your own',
    own: 'Choose what you want to read. An article has to meet every condition you set.',
    any: 'any',
    tagHint: 'a topic, such as Layer 2',
    open: (format: string) => `Open as ${format}`,
    parametersTitle: 'Addresses with conditions',
    parameters:
      'Any feed takes these parameters, each at most once and in any combination. Other parameters are left out of the address by a redirect; a section, topic or source without articles is answered with 404.',
    parameterHelp: {
      category: 'a section, as in the address of its page',
      tag: 'a topic, as in the address of its page',
      source: 'a source, as in the address of its page',
      sentiment: 'positive, neutral or negative: how the story reads for the market',
    },
    extensionTitle: 'What our feeds say beyond the formats',
    sentimentMark:
      'In RSS and Atom, a category whose domain or scheme is the address of this paragraph holds the tone of an article: positive, neutral or negative.',
    provenanceMark:
      'dcterms:provenance says what a language model did: first the IPTC’s digital source type, then rewritten, expanded (when), version and translated-from (a language), as far as they apply.',
    jsonMark:
      'In JSON Feed, the object _dateline has sentiment, source, ai, corrections and image (its variants, a thumbnail, what it shows and whose photo it is).',
    apiTitle: 'For programs',
    api: 'The same articles come as JSON, with the same conditions and with search. The OpenAPI description tells everything about it:',
  },

  mood: {
    name: 'Mood',
    title: 'The mood of the coverage',
    titleOf: (name: string) => `Mood: ${name}`,
    intro:
      'How the stories we carried read for the market. Their sources or a language model judged each of them; we only count. None of it is advice.',
    spans: {
      '24-hours': '24 hours',
      '7-days': '7 days',
      '30-days': '30 days',
      '90-days': '90 days',
    },
    span: 'Time span',
    lastSpan: {
      '24-hours': 'the last 24 hours',
      '7-days': 'the last 7 days',
      '30-days': 'the last 30 days',
      '90-days': 'the last 90 days',
    },
    balance: 'Balance',
    counts: {
      positive: { one: '# positive', other: '# positive' },
      neutral: { one: '# neutral', other: '# neutral' },
      negative: { one: '# negative', other: '# negative' },
    },
    overTime: 'Over time',
    chart: (span: string) => `Articles in ${span} by tone, a bar for each step of time`,
    toNumbers: 'Skip the chart and go to the numbers',
    numbers: 'The chart in numbers',
    time: 'Time (UTC)',
    by: { category: 'By section', source: 'By source', tag: 'By topic' },
    column: { category: 'Section', source: 'Source', tag: 'Topic' },
    share: 'Share',
    allTones: 'All',
    nothing: (span: string) => `No article of ${span} has been judged.`,
    nothingHint: 'A longer time span may have some.',
    articlesIn: (tone: string, span: string) => `${tone}: ${span}`,
    everything: 'The whole paper',
    whole: 'The mood of the whole paper',
    listing: (name: string) => `All articles: ${name}`,
    more: 'More about the mood',
  },

  correctionsTitle: 'Corrections',
  correctionsIntro:
    'Everything that we got wrong and have put right, newest first. Each correction stands under its article as well.',
  correctionsNone: 'There is nothing to correct so far.',
  correctionsNoneHint: 'When we put a mistake right, it is written down here.',
  correctionCount: { one: '# correction', other: '# corrections' },
  allCorrections: 'All corrections',

  sourceFacts: {
    share: 'Of all articles',
    first: 'First article',
    latest: 'Latest article',
    type: 'How it reaches us',
    site: 'Its own site',
  },

  textFacts: {
    story: 'The story',
    storyFrom: (source: string) => `Reported by ${source}`,
    model: 'Language model',
    rewritten: 'Wrote this text from the story',
    rewrittenAlone: 'Wrote this text',
    translated: (language: string) => `Translated it from ${language}`,
    notUsed: 'None is recorded for this text',
    version: (version: string) => `version ${version} of the text`,
    history: 'History',
    published: 'Published',
    updated: 'updated',
    correctedCount: { one: 'corrected once', other: 'corrected # times' },
    howWeWork: 'How the paper is made',
  },

  about: 'About',
  aboutTitle: 'How Dateline works',
  aboutIntro: 'What we publish, where it comes from, and what we do when it is wrong.',
  principles: [
    {
      title: 'Every text names its source',
      text: 'Most of our articles retell a story that somebody else reported. The article names that source and, where the story has an address, links to it.',
    },
    {
      title: 'Machine-written text is marked',
      text: 'Articles that a language model wrote or translated carry a mark beside the headline and a note below the text. Feeds, structured data and the Markdown edition say the same to machines.',
    },
    {
      title: 'Mistakes are corrected in the open',
      text: 'A correction stands under the article with its date and says what was wrong. An article that should not have been published is withdrawn, and its address says so.',
    },
    {
      title: 'Pictures are credited',
      text: 'Where we know the photographer, the credit stands under the picture. Where there is no photograph, the paper draws its own.',
    },
  ],
  aboutPaper: {
    way: 'How an article is made',
    steps: [
      'A source reports a story. We take it from the source’s own feed, with its address and its time.',
      'A language model retells the story in our words, and may translate it. The article keeps a record of that: what was done, when, and in which version.',
      'The article is published with the name of its source and a note below the text, “About this text”.',
      'When something turns out to be wrong, it is corrected, and the correction is listed.',
    ],
    sources: 'Our sources',
    sourcesIntro: 'What we carry in this language, and how much of it:',
    noSources: 'No article names a source yet.',
    contact: 'Write to us',
    contactIntro: 'Mistakes in articles, and weaknesses of the site, can be told here:',
    noContact:
      'This site has not named an address for readers. Articles name their sources, which can be asked.',
    further: 'Further reading',
  },
  searchLabel: 'Search the paper',
  searchHint: 'Words, names or tickers; “quotation marks” keep words together',
  searchButton: 'Search',
  searchNothing: (text: string) => `Nothing found for “${text}”.`,
  searchNothingHint: 'Try fewer or other words, or look through the sections.',
  searchResults: { one: '# result', other: '# results' },
  searchResultsFor: (text: string) => `Results for “${text}”`,

  missingTitle: 'There is no such page',
  missingText: 'The address may be mistyped, or the page has moved without leaving word.',
  goneTitle: 'This article was withdrawn',
  goneText: 'We published it and took it back. It is no longer available here.',
  brokenTitle: 'Something broke on our side',
  brokenText: 'The page could not be made just now. Please try again in a moment.',
  backHome: 'To the front page',
}
