import { defaultLocale } from '#lib/site/locales.ts'
import { homePath, plainPagePath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

/** What identifies the publication and its site in structured data. `siteUrl` is an origin. */
export const organizationId = (siteUrl: string) => `${siteUrl}/#organization`
export const websiteId = (siteUrl: string) => `${siteUrl}/#website`

/** The publication as schema.org describes news organisations. */
export function describeOrganization(siteUrl: string) {
  const { publisher, foundedIn } = site()
  const principles = siteUrl + plainPagePath(defaultLocale, 'about')
  const contactPoints = [
    toContactPoint('customer support', publisher.contacts.readers),
    toContactPoint('corrections', publisher.contacts.corrections),
    toContactPoint('security', publisher.contacts.security),
  ].filter((point) => point !== undefined)
  return {
    '@type': 'NewsMediaOrganization',
    '@id': organizationId(siteUrl),
    name: publisher.name,
    ...(publisher.legalName === undefined ? {} : { legalName: publisher.legalName }),
    url: publisher.url ?? siteUrl + homePath(defaultLocale),
    logo: publisher.logo
      ? { '@type': 'ImageObject', url: publisher.logo }
      : {
          '@type': 'ImageObject',
          url: `${siteUrl}/icons/icon-512.png`,
          width: 512,
          height: 512,
        },
    ...(publisher.sameAs.length > 0 ? { sameAs: publisher.sameAs } : {}),
    ...(contactPoints.length > 0 ? { contactPoint: contactPoints } : {}),
    foundingDate: String(foundedIn),
    publishingPrinciples: principles,
    correctionsPolicy: principles,
  }
}

function toContactPoint(contactType: string, uri: string | undefined) {
  if (uri === undefined) return undefined
  const address = uri.startsWith('mailto:') ? { email: uri.slice('mailto:'.length) } : { url: uri }
  return { '@type': 'ContactPoint', contactType, ...address }
}
