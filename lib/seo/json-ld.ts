import type { Crumb } from '#lib/i18n/breadcrumbs.ts'
import { defaultLocale } from '#lib/site/locales.ts'
import { listingPath } from '#lib/site/routes.ts'

const escapes: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/**
 * A value as JSON that can stand in `<script type="application/ld+json">`: nothing in it can end
 * the element or open a comment, and it means the same as plain JSON. Lone surrogates become
 * U+FFFD; properties that are undefined are left out.
 */
export function toJsonLdScript(value: object): string {
  const json = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed() : part,
  )
  return json.replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? '')
}

/** Identifies an author in structured data: the same in every language. `siteUrl` is an origin. */
export const personId = (siteUrl: string, key: string) =>
  `${siteUrl}${listingPath(defaultLocale, { kind: 'author', key })}#person`

/**
 * The way from the front page, as schema.org's `BreadcrumbList`. Addresses become absolute; `siteUrl`
 * is an origin without a trailing slash.
 */
export function describeBreadcrumbs(crumbs: Crumb[], siteUrl: string) {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: crumbs.map(({ name, path }, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      name,
      item: siteUrl + path,
    })),
  }
}
