import type {
  Suppressed,
  SuppressedArticle,
  SuppressedEntry,
} from '#lib/article-index/article-index.ts'
import type { WritableArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import type { FileChange } from '#lib/article-index/writes/article-writer.ts'
import { articleIdentity } from '#lib/content/article-identity.ts'
import { contentKindOf } from '#lib/content/read-content-folder.ts'
import { findPublicState } from '#lib/content/visibility.ts'
import { locales } from '#lib/site/locales.ts'
import type { FoundChange } from './read-outcome.ts'

type Target = Pick<WritableArticleIndex, 'write'>

type Served = (Omit<SuppressedArticle, 'kind'> | Omit<SuppressedEntry, 'kind'>) & {
  indexable: boolean
}

/** What was withdrawn but is still in the index, because the index cannot be written. */
export type UnwrittenChanges = {
  /** Changes that could not be written. Those that take something back suppress it from readers. */
  add(index: Target, found: FoundChange[]): Promise<void>
  /** Files whose changes were written, or that are as the index has them. */
  resolve(paths: Iterable<string>): void
  /** The files of which something is suppressed. */
  paths(): string[]
}

/** `onChange` receives the whole list each time it has changed. */
export function createUnwrittenChanges(
  onChange: (suppressed: Suppressed[]) => void,
): UnwrittenChanges {
  const suppressed = new Map<string, Suppressed[]>()
  const list = () => [...suppressed.values()].flat()

  return {
    async add(index, found) {
      const before = JSON.stringify(list())
      const served = await findServed(index, found)
      for (const { path, change } of found) {
        const takenBack = (served.get(path) ?? []).flatMap((one) => toSuppressed(change, one))
        if (takenBack.length > 0) suppressed.set(path, takenBack)
        else suppressed.delete(path)
      }
      if (JSON.stringify(list()) !== before) onChange(list())
    },
    resolve(paths) {
      if (suppressed.size === 0) return
      let hasChanged = false
      for (const path of paths) hasChanged = suppressed.delete(path) || hasChanged
      if (hasChanged) onChange(list())
    },
    paths: () => [...suppressed.keys()],
  }
}

/** What the index serves of each file. Where it cannot be read, whatever the path may stand for. */
async function findServed(index: Target, found: FoundChange[]): Promise<Map<string, Served[]>> {
  try {
    return await index.write(async ({ findArticleOf, listEntriesOf }) => {
      const served = new Map<string, Served[]>()
      for (const { path } of found) {
        const article = findArticleOf(path)
        const entries = listEntriesOf(path).map((entry) => ({ path, ...entry }))
        served.set(path, article ? [article, ...entries] : entries)
      }
      return served
    })
  } catch {
    return new Map(
      found.map(({ path }): [string, Served[]] => {
        if (contentKindOf(path) !== 'article') {
          return [path, [{ path, key: undefined, indexable: true }]]
        }
        const { slug } = articleIdentity(path)
        return [path, locales.map((locale) => ({ locale, slug, indexable: true }))]
      }),
    )
  }
}

function toSuppressed(change: FileChange, served: Served): Suppressed[] {
  if ('path' in served) {
    const { path, key } = served
    return isTakenBack(change, served) ? [{ kind: 'entry', path, key }] : []
  }
  const kind = findReason(change, served)
  return kind ? [{ locale: served.locale, slug: served.slug, kind }] : []
}

/** Whether a file no longer holds an entry. Its kind and language follow from its path. */
function isTakenBack(
  change: FileChange,
  { key, indexable }: Extract<Served, { path: string }>,
): boolean {
  if (change.kind === 'touched') return false
  if (change.kind !== 'entries') return true
  const now = change.entries.find((entry) => key === undefined || entry.key === key)
  if (!now) return true
  // As with articles: a page that now asks to be left out would still be in the sitemaps.
  return indexable && now.kind === 'page' && now.value.noindex
}

/** The answer at an address at which nothing may be served; undefined when something may. */
function findReason(
  change: FileChange,
  served: Extract<Served, { slug: string }>,
): SuppressedArticle['kind'] | undefined {
  if (change.kind === 'touched') return undefined
  if (change.kind !== 'article') return 'unknown'
  const { slug, locale, indexable } = change.article
  if (slug !== served.slug || locale !== served.locale) return 'unknown'
  const state = findPublicState(change.article, new Date())
  if (state !== 'published') return state
  // An article that now asks to be left out of search engines would still be in the sitemaps.
  return served.indexable && !indexable ? 'unknown' : undefined
}
