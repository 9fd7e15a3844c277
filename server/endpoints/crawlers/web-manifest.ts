import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { homePath, searchPath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

/** What the publication is when it is put on a home screen (W3C Web Application Manifest), as JSON. */
export function webManifest(locale: Locale): string {
  const { tagline, description, direction, search } = messagesFor(locale)
  const png = (file: string, size: number, purpose: 'any' | 'maskable') => ({
    src: `/icons/${file}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  })
  return JSON.stringify({
    id: homePath(locale),
    name: `${site().name} — ${tagline}`,
    short_name: site().name,
    description,
    lang: locale,
    dir: direction,
    start_url: homePath(locale),
    scope: '/',
    display: 'minimal-ui',
    theme_color: site().theme.light.paper,
    background_color: site().theme.light.paper,
    categories: ['news'],
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      png('icon-192', 192, 'any'),
      png('icon-512', 512, 'any'),
      png('maskable-512', 512, 'maskable'),
    ],
    shortcuts: [{ name: search, url: searchPath(locale) }],
  })
}
