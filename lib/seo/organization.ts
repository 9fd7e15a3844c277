import { defaultLocale } from '#lib/site/locales.ts'
import { publication } from '#lib/site/publication.ts'
import { aboutPath, homePath, listingPath } from '#lib/site/routes.ts'

/** What identifies the publication and its site in structured data. `siteUrl` is an origin. */
export const organizationId = (siteUrl: string) => `${siteUrl}/#organization`
export const websiteId = (siteUrl: string) => `${siteUrl}/#website`

/** An author, whatever the language of the page. */
export const personId = (siteUrl: string, key: string) =>
  `${siteUrl}${listingPath(defaultLocale, { kind: 'author', key })}#person`

/** The publication as schema.org describes news organisations. */
export function describeOrganization(siteUrl: string) {
  const principles = siteUrl + aboutPath(defaultLocale)
  return {
    '@type': 'NewsMediaOrganization',
    '@id': organizationId(siteUrl),
    name: publication.name,
    url: siteUrl + homePath(defaultLocale),
    logo: {
      '@type': 'ImageObject',
      url: `${siteUrl}/icons/icon-512.png`,
      width: 512,
      height: 512,
    },
    foundingDate: String(publication.foundedIn),
    publishingPrinciples: principles,
    correctionsPolicy: principles,
  }
}
