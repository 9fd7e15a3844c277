import { locales } from '#lib/site/locales.ts'
import type { ArticleSummary } from './article.ts'
import { formatFound } from './front-matter/finding.ts'
import type { Problem } from './problem.ts'
import { compareClaims } from './visibility.ts'

/** As much of an article as the comparison needs; `path` is its file, lines count from 1. */
export type Claim = Pick<ArticleSummary, 'slug' | 'locale' | 'aliases' | 'draft'> & {
  path: string
  aliasesLine?: number
}

/** A file that cannot become an article. Its slug is taken in every language all the same. */
export type RefusedClaim = { path: string; slug: string; locale: undefined }

/**
 * What is wrong between files that are each right by themselves, language by language:
 * - two files with one slug: an error on those that are not served (`compareClaims`);
 * - an alias that is another file's slug, also with `.md` at its end, where the article's Markdown is,
 *   or that another article claims first: a warning.
 */
export function findConflicts(claims: Iterable<Claim | RefusedClaim>): Problem[] {
  const all = [...claims].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const inOrder = all.filter((claim) => claim.locale !== undefined)
  const pathBySlug = new Map<string, string>()
  const problems: Problem[] = []
  const addOwner = (key: string, path: string) => {
    if (!pathBySlug.has(key)) pathBySlug.set(key, path)
  }
  for (const { path, locale, slug } of inOrder.toSorted(compareClaims)) {
    const first = pathBySlug.get(`${locale}/${slug}`)
    if (first === undefined) pathBySlug.set(`${locale}/${slug}`, path)
    else {
      const expected = `a slug of its own: ${first} has it in ${locale}`
      problems.push({
        severity: 'error',
        file: path,
        line: 1,
        field: 'file',
        found: formatFound(slug),
        expected,
      })
    }
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
      else if (owner !== path) {
        const expected = `an alias that ${owner} does not use`
        problems.push({
          severity: 'warning',
          file: path,
          line,
          field: 'aliases',
          found: formatFound(alias),
          expected,
        })
      }
    }
  }
  return problems
}
