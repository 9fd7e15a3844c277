import { locales } from '#lib/site/locales.ts'
import { parsePath, type Route } from '#lib/site/routes.ts'
import { isAuthorKey } from '#lib/site/segment.ts'
import type { ArticleSummary } from './article.ts'
import { formatFound } from './front-matter/finding.ts'
import type { ContentEntry } from './parse-content-file.ts'
import { type Problem, toFileProblem } from './problem.ts'

/** As much of an article as the comparison needs; `path` is its file, lines count from 1. */
export type Claim = Pick<ArticleSummary, 'slug' | 'locale' | 'aliases' | 'draft'> & {
  path: string
  aliasesLine?: number
  authors?: string[]
  translationKey?: string | undefined
}

/** What a file holds besides articles, and the file. */
export type PlacedEntry = ContentEntry & { path: string }

/** A file that cannot become an article. It still occupies its slug in every language. */
export type RefusedClaim = { path: string; slug: string; locale: undefined }

/**
 * Which of several files with one slug in one language is served: the first in this order. Drafts come last, so that a draft
 * never takes down what is published; otherwise the order of the paths counts.
 */
export function compareFilesOfOneSlug(
  a: { draft: boolean; path: string },
  b: { draft: boolean; path: string },
): number {
  return Number(a.draft) - Number(b.draft) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
}

/**
 * What is wrong between files that are each right by themselves, language by language:
 * - two files with one slug: an error on those that are not served (`compareFilesOfOneSlug`);
 * - an alias that is another file's slug, also with `.md` at its end, where the article's Markdown is,
 *   or that another article claims first: a warning;
 * - two articles of one language with one `translationKey`: a warning on the second;
 * - two files of one page or author: an error on the second by path;
 * - a redirect from an address that an article, page or author has: a warning, it is never followed,
 *   or only until the article is no draft any more;
 * - an author that is written as a key and has no file: a warning.
 */
export function findConflicts(
  claims: Iterable<Claim | RefusedClaim>,
  entries: readonly PlacedEntry[] = [],
): Problem[] {
  const all = [...claims].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const inOrder = all.filter((claim) => claim.locale !== undefined)
  const pathBySlug = new Map<string, string>()
  const problems: Problem[] = []
  const addOwner = (key: string, path: string) => {
    if (!pathBySlug.has(key)) pathBySlug.set(key, path)
  }
  for (const { path, locale, slug } of inOrder.toSorted(compareFilesOfOneSlug)) {
    const first = pathBySlug.get(`${locale}/${slug}`)
    if (first === undefined) pathBySlug.set(`${locale}/${slug}`, path)
    else problems.push(toSlugProblem(path, first, { slug, locale }))
  }
  for (const { path, slug, locale } of all) {
    if (locale === undefined) for (const one of locales) addOwner(`${one}/${slug}`, path)
  }
  const pathByAlias = new Map<string, string>()
  for (const { path, locale, aliases, aliasesLine: line = 1 } of inOrder) {
    for (const alias of aliases) {
      const key = `${locale}/${alias}`
      const owner =
        pathBySlug.get(key) ?? pathBySlug.get(key.replace(/\.md$/, '')) ?? pathByAlias.get(key)
      if (owner === undefined) pathByAlias.set(key, path)
      else if (owner !== path) problems.push(toAliasProblem(path, owner, { alias, line }))
    }
  }
  problems.push(...findSharedKeys(inOrder), ...findEntryConflicts(inOrder, entries, pathBySlug))
  return problems
}

/** Of a file whose slug another one has, `holder`, which is served. */
export function toSlugProblem(
  path: string,
  holder: string,
  { slug, locale }: { slug: string; locale: string },
): Problem {
  const found = `${formatFound(slug)}, the slug of ${holder}, which is served instead`
  return toFileProblem('error', path, found, `a slug that no other file in “${locale}” has`)
}

/** Of a file with an alias that is the address of another one, `holder`. */
export function toAliasProblem(
  path: string,
  holder: string,
  { alias, line = 1 }: { alias: string; line?: number },
): Problem {
  const found = `${formatFound(alias)}, the address of ${holder}`
  const expected = 'an address that no other file has; it does not lead here'
  return { severity: 'warning', file: path, line, field: 'aliases', found, expected }
}

function findSharedKeys(claims: readonly Claim[]): Problem[] {
  const firsts = new Map<string, string>()
  return claims.flatMap(({ path, locale, translationKey }): Problem[] => {
    if (translationKey === undefined) return []
    const first = firsts.get(`${locale} ${translationKey}`)
    if (first === undefined) firsts.set(`${locale} ${translationKey}`, path)
    if (first === undefined) return []
    const found = formatFound(translationKey)
    const expected = `a key of its own in ${locale}: ${first} has it`
    return [{ severity: 'warning', file: path, line: 1, field: 'translationKey', found, expected }]
  })
}

function findEntryConflicts(
  claims: readonly Claim[],
  entries: readonly PlacedEntry[],
  pathBySlug: ReadonlyMap<string, string>,
): Problem[] {
  const inOrder = [...entries].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const owners = new Map<string, string>()
  const problems: Problem[] = []
  for (const { kind, key, locale = '', path } of inOrder) {
    const first = owners.get(`${kind} ${locale} ${key}`)
    if (first === undefined) owners.set(`${kind} ${locale} ${key}`, path)
    else if (kind !== 'redirect' && first !== path) {
      const expected = `another name: ${first} has it`
      const found = formatFound(key)
      problems.push(toFileProblem('error', path, found, expected))
    }
  }
  const drafts = new Set(claims.flatMap(({ draft, path }) => (draft ? [path] : [])))
  const authors = new Set(entries.flatMap(({ kind, key }) => (kind === 'author' ? [key] : [])))
  const findOwner = (route: Route | undefined): string | undefined => {
    if (!route) return undefined
    if (route.page === 'article') return pathBySlug.get(`${route.locale}/${route.slug}`)
    if (route.page === 'editor-page') return owners.get(`page ${route.locale} ${route.name}`)
    if (route.page !== 'listing') return 'the site itself'
    const { scope } = route
    if (scope.kind !== 'author') return scope.kind === 'latest' ? 'the site itself' : undefined
    return authors.has(scope.key) ? `authors/${scope.key}` : undefined
  }
  for (const entry of inOrder) {
    if (entry.kind !== 'redirect') continue
    const { from, line } = entry.value
    const owner = findOwner(parsePath(from.split('/').map(encodeURIComponent).join('/')))
    if (owner === undefined) continue
    const until = drafts.has(owner)
      ? `${owner} is a draft, and this line is followed until it is published`
      : `${owner} answers there, and this line is never followed`
    const expected = `an address that nothing has: ${until}`
    const problem = {
      file: entry.path,
      line,
      field: 'redirect',
      found: formatFound(from),
      expected,
    }
    problems.push({ severity: 'warning', ...problem })
  }
  for (const { path, authors: named = [] } of claims) {
    for (const key of named.filter((one) => isAuthorKey(one) && !authors.has(one))) {
      const expected = `the key of a file in authors, or a name; there is no authors/${key}.md`
      const found = formatFound(key)
      problems.push({ severity: 'warning', file: path, line: 1, field: 'authors', found, expected })
    }
  }
  return problems
}
