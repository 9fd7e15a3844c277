import '../globals.css'
import type { Metadata, Viewport } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { messagesFor } from '#lib/i18n/messages.ts'
import { browserModules } from '#lib/site/build/browser-modules.ts'
import { localizedDocumentPath } from '#lib/site/document-paths.ts'
import { siteEnv } from '#lib/site/env.ts'
import { isLocale } from '#lib/site/locales.ts'
import { publication } from '#lib/site/publication.ts'

type LayoutProps = { children: ReactNode; params: Promise<{ locale: string }> }

/** Nothing is rendered at build time: the build does not read content. */
export function generateStaticParams(): { locale: string }[] {
  return []
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: publication.themeColor.light },
    { media: '(prefers-color-scheme: dark)', color: publication.themeColor.dark },
  ],
}

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const { tagline } = messagesFor(locale)
  return {
    metadataBase: new URL(siteEnv().siteUrl),
    title: {
      default: `${publication.name} — ${tagline}`,
      template: `%s · ${publication.name}`,
    },
    applicationName: publication.name,
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
      // The reader's settings are attributes of it before the framework looks, where it does.
      suppressHydrationWarning
    >
      <head>
        {modules && (
          // Not deferred: it runs before the first paint, or the page would flash.
          <script
            data-dateline=""
            data-page={modules.page}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: a script of our own build
            dangerouslySetInnerHTML={{ __html: modules.firstPaint }}
          />
        )}
        <link
          rel="search"
          type="application/opensearchdescription+xml"
          title={publication.name}
          href={localizedDocumentPath(locale, 'openSearch')}
        />
      </head>
      <body>{children}</body>
    </html>
  )
}
