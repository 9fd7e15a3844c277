import type { Crumb } from '#lib/i18n/breadcrumbs.ts'
import { defaultLocale } from '#lib/site/locales.ts'
import { homePath, listingPath, plainPagePath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

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

/** What identifies the publication and its site in structured data. `siteUrl` is an origin. */
export const organizationId = (siteUrl: string) => `${siteUrl}/#organization`
export const websiteId = (siteUrl: string) => `${siteUrl}/#website`

/** An author, whatever the language of the page. */
export const personId = (siteUrl: string, key: string) =>
  `${siteUrl}${listingPath(defaultLocale, { kind: 'author', key })}#person`

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
