import type { DatabaseSync } from 'node:sqlite'
import type { EditorPage } from '#lib/content/article.ts'
import type { ContentEntry } from '#lib/content/parse-content-file.ts'
import { textOf } from '#lib/node/sqlite.ts'
import type { ArticleIndex } from '../article-index.ts'

export type Entries = Pick<
  ArticleIndex,
  | 'findPage'
  | 'listPages'
  | 'findAuthor'
  | 'listAuthors'
  | 'listBylines'
  | 'findRedirect'
  | 'findPicture'
>

type Kind = ContentEntry['kind']
type Value<Of extends Kind> = Extract<ContentEntry, { kind: Of }>['value']

/** Of several files with one key the first by path counts, as with articles. */
export function readEntries(db: DatabaseSync): Entries {
  const find = db.prepare(`SELECT value FROM temp.visible_entries WHERE kind = ? AND key = ?
    AND (locale = ? OR locale = '') ORDER BY locale = '', path, place LIMIT 1`)
  const list = db.prepare(`SELECT key, value FROM temp.visible_entries WHERE kind = ?
    AND (locale = ? OR locale = '') ORDER BY key, locale = '', path, place`)

  /** The column was written from a `ContentEntry` under the same schema version. */
  const toValue = <Of extends Kind>(row: Parameters<typeof textOf>[0]): Value<Of> =>
    JSON.parse(textOf(row, 'value'))

  function findEntry<Of extends Kind>(kind: Of, key: string, locale = ''): Value<Of> | undefined {
    const row = find.get(kind, key, locale)
    return row && toValue<Of>(row)
  }

  function listEntries<Of extends Kind>(kind: Of, locale: string): Value<Of>[] {
    const firsts = new Map<string, Value<Of>>()
    for (const row of list.all(kind, locale)) {
      const key = textOf(row, 'key')
      if (!firsts.has(key)) firsts.set(key, toValue<Of>(row))
    }
    return [...firsts.values()]
  }

  return {
    findPage: (locale, name) => findEntry('page', name.normalize('NFC'), locale),
    listPages: (locale) =>
      listEntries('page', locale).map(({ body: _, ...summary }: EditorPage) => summary),
    findAuthor: (locale, key) => findEntry('author', key, locale),
    listAuthors: (locale) => listEntries('author', locale),
    listBylines: ({ locale, authors }) =>
      authors.map((written) => {
        const author = findEntry('author', written, locale)
        return { name: author?.name ?? written, key: author?.key }
      }),
    findRedirect: (path) => findEntry('redirect', path.normalize('NFC')),
    findPicture: (path) => findEntry('picture', path),
  }
}
