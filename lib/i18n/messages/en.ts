import { enTools } from './en-tools.ts'

/** Every word of the interface in English. The other dictionaries have this shape. */
export const en = {
  languageName: 'English',
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
  alsoReportedBy: 'Also reported by:',
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

  tools: enTools,
}
