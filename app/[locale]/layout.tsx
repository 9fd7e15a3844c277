import '../globals.css'
import type { Metadata, Viewport } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { messagesFor } from '#lib/i18n/messages.ts'
import { browserModules } from '#lib/site/build/browser-modules.ts'
import { localizedDocumentPath } from '#lib/site/document-paths.ts'
import { siteEnv } from '#lib/site/env.ts'
import { isLocale, locales } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import { themeStyle } from '#lib/site/theme-style.ts'

type LayoutProps = { children: ReactNode; params: Promise<{ locale: string }> }

// Nothing is rendered at build time, which does not read content, and the framework keeps nothing: what
// it would keep, it counts by writing it down as JSON, each byte a number.
export const dynamic = 'force-dynamic'

export function generateViewport(): Viewport {
  const { light, dark } = site().theme
  return {
    colorScheme: 'light dark',
    themeColor: [
      { media: '(prefers-color-scheme: light)', color: light.paper },
      { media: '(prefers-color-scheme: dark)', color: dark.paper },
    ],
  }
}

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const { tagline } = messagesFor(locale)
  return {
    metadataBase: new URL(siteEnv().siteUrl),
    title: {
      default: `${site().name} — ${tagline}`,
      template: `%s · ${site().name}`,
    },
    applicationName: site().name,
    icons: {
      icon: [
        { url: '/icon.svg', type: 'image/svg+xml' },
        { url: '/icons/icon-192.png', type: 'image/png', sizes: '192x192' },
      ],
      apple: [{ url: '/icons/apple-touch-icon.png', sizes: '180x180' }],
    },
    manifest: localizedDocumentPath(locale, 'manifest'),
  }
}

export default async function RootLayout({ children, params }: LayoutProps) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const modules = browserModules()
  return (
    <html
      lang={locale}
      // What browser code knows of the languages: the default one first.
      data-languages={locales.join(' ')}
      data-serif={site().theme.fonts.serif === undefined ? undefined : 'own'}
      dir={messagesFor(locale).direction === 'rtl' ? 'rtl' : undefined}
      // The reader's settings are attributes of it before the framework looks, where it does.
      suppressHydrationWarning
    >
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: colours and fonts that were checked */}
        <style dangerouslySetInnerHTML={{ __html: themeStyle() }} />
        {modules && (
          // Not deferred: it runs before the first paint, or the page would flash.
          <script
            data-dateline=""
            data-page={modules.page}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: a script of our own build
            dangerouslySetInnerHTML={{ __html: modules.firstPaint }}
          />
        )}
        {site().scripts.map(({ src }) => (
          <script key={src} data-dateline="" src={src} defer />
        ))}
        <link
          rel="search"
          type="application/opensearchdescription+xml"
          title={site().name}
          href={localizedDocumentPath(locale, 'openSearch')}
        />
      </head>
      <body>{children}</body>
    </html>
  )
}
