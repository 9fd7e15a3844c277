/** First segments of addresses that need more than one, or that the server answers before pages. */
export const fixedSegments: readonly string[] = [
  ...['archive', 'article', 'asset', 'author', 'category', 'corrections', 'latest', 'mood'],
  ...['source', 'story', 'tag'],
  ...['feed', 'notice', 'preview', 'search', 'desk'],
  ...['_next', 'api', 'covers', 'health', 'icons', 'livez', 'media', 'metrics', 'readyz'],
]

/** A text by language code. */
export type InLanguages = { readonly en: string; readonly [language: string]: string }

/** What the site has to know of a page that stands at one fixed address in each language. */
export type PlainPage = {
  /**
   * Its title, and a sentence: the text itself, `{ en: 'Glossary', uk: 'Словник' }`, or a key of the
   * interface's words (`TextKey` of `lib/i18n/messages.ts`) where a view shows the same words.
   */
  title: string | InLanguages
  description: string | InLanguages
  /** Search engines may list it: it is in the sitemap, and its head does not ask to be left out. */
  isIndexable: boolean
  /** It changes with the articles: the sitemap gives it the date of the newest one. */
  showsNewest: boolean
}

/**
 * Every plain page by its path segment, `/<segment>` and `/<locale>/<segment>`, in the order of the
 * sitemap. A new one is a row here and `app/[locale]/<segment>/page.tsx`; addresses, head, sitemap and
 * the names in metrics follow from the row.
 */
export const plainPages = {
  briefing: {
    title: 'briefing.title',
    description: 'briefing.intro',
    isIndexable: true,
    showsNewest: true,
  },
  archive: {
    title: 'archive',
    description: 'archiveIntro',
    isIndexable: true,
    showsNewest: true,
  },
  tags: { title: 'allTags', description: 'tagIndexIntro', isIndexable: true, showsNewest: true },
  sources: {
    title: 'allSources',
    description: 'sourceIndexIntro',
    isIndexable: true,
    showsNewest: true,
  },
  about: {
    title: 'aboutTitle',
    description: 'aboutIntro',
    isIndexable: true,
    showsNewest: false,
  },
  feeds: {
    title: 'feeds',
    description: 'feedPage.intro',
    isIndexable: true,
    showsNewest: false,
  },
  // Another page in every browser: what its reader keeps there.
  saved: {
    title: 'tools.savedTitle',
    description: 'tools.savedIntro',
    isIndexable: false,
    showsNewest: false,
  },
  // The same: what its reader follows.
  following: {
    title: 'following.title',
    description: 'following.intro',
    isIndexable: false,
    showsNewest: false,
  },
  // Stands in for pages without a connection.
  offline: {
    title: 'tools.offlineTitle',
    description: 'tools.offlineIntro',
    isIndexable: false,
    showsNewest: false,
  },
} as const satisfies Record<string, PlainPage>

export type PlainPageName = keyof typeof plainPages

export const plainPageNames = Object.keys(plainPages) as PlainPageName[]

export const isPlainPageName = (name: string): name is PlainPageName =>
  Object.hasOwn(plainPages, name)
