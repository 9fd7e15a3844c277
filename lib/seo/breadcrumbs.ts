import type { Step } from '#lib/i18n/trail.ts'

/**
 * The way from the front page, as schema.org's `BreadcrumbList`. Addresses become absolute; `siteUrl`
 * is an origin without a trailing slash.
 */
export function describeBreadcrumbs(trail: Step[], siteUrl: string) {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: trail.map(({ name, path }, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      name,
      item: siteUrl + path,
    })),
  }
}
