import { documentPaths } from '#lib/site/document-paths.ts'
import { locales } from '#lib/site/locales.ts'

const daysValid = 90

/**
 * Where to report a vulnerability (RFC 9116). `contact` is a URI. It expires ninety days from the end of
 * the day on which it is read: the contact is a setting of the running site, so it is confirmed as
 * long as the site runs, and a copy that somebody kept is not.
 */
export function securityTxt({
  siteUrl,
  contact,
  now,
}: {
  siteUrl: string
  contact: string
  now: Date
}): string {
  const expires = Date.UTC(
    now.getUTCFullYear(),
    now.getUTCMonth(),
    now.getUTCDate() + daysValid + 1,
  )
  return [
    `Contact: ${contact}`,
    `Expires: ${new Date(expires).toISOString().replace('.000', '')}`,
    `Preferred-Languages: ${locales.join(', ')}`,
    `Canonical: ${siteUrl}${documentPaths.security}`,
    '',
  ].join('\n')
}
