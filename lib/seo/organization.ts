import { defaultLocale } from '#lib/site/locales.ts'
import { homePath, plainPagePath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

/** What identifies the publication and its site in structured data. `siteUrl` is an origin. */
export const organizationId = (siteUrl: string) => `${siteUrl}/#organization`
export const websiteId = (siteUrl: string) => `${siteUrl}/#website`

/** The publication as schema.org describes news organisations. */
export function describeOrganization(siteUrl: string) {
  const principles = siteUrl + plainPagePath(defaultLocale, 'about')
  return {
    '@type': 'NewsMediaOrganization',
    '@id': organizationId(siteUrl),
    name: site().name,
    url: siteUrl + homePath(defaultLocale),
    logo: {
      '@type': 'ImageObject',
      url: `${siteUrl}/icons/icon-512.png`,
      width: 512,
      height: 512,
    },
    foundingDate: String(site().foundedIn),
    publishingPrinciples: principles,
    correctionsPolicy: principles,
  }
}
