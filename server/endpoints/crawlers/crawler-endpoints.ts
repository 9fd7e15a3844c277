import { join } from 'node:path'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { documentPaths, localizedDocumentPath } from '#lib/site/document-paths.ts'
import type { SiteEnv } from '#lib/site/env.ts'
import { locales } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import type { Address } from '../../http/address.ts'
import { cacheControl } from '../../http/headers.ts'
import type { Endpoint } from '../../http/send.ts'
import { sendText } from '../../http/send-document.ts'
import { createDraw, createImageEndpoints } from '../images/article-image-endpoint.ts'
import { mostImageBytes, openImageStore } from '../images/image-store.ts'
import { findArticleMarkdown } from './article-markdown-endpoint.ts'
import { llmsTxt } from './llms-txt.ts'
import { openSearchDescription } from './opensearch.ts'
import { robotsTxt } from './robots-txt.ts'
import { securityTxt } from './security-txt.ts'
import { createSitemapEndpoints } from './sitemap-endpoints.ts'
import { webManifest } from './web-manifest.ts'

export type CrawlerOptions = {
  index: ArticleIndex
  /** Where pictures that the site makes are kept, within bounds. */
  dataDir: string
  /** The file of a cover by its decoded path on the site; undefined where there is none of ours. */
  findCoverFile: (path: string) => string | undefined
  env: Pick<SiteEnv, 'siteUrl' | 'paperDir' | 'aiCrawlers' | 'securityContact' | 'indexNowKey'>
  now?: () => Date
}

/**
 * Everything that is served to programs that read the site by itself: what they may read, where all
 * of it is, and articles as plain text. Finds the endpoint of an address, if it is one of these.
 */
export function createCrawlerEndpoints({
  index,
  dataDir,
  findCoverFile,
  env,
  now = () => new Date(),
}: CrawlerOptions): (address: Address) => Endpoint | undefined {
  const { siteUrl, aiCrawlers, indexNowKey } = env
  const securityContact = env.securityContact ?? site().publisher.contacts.security
  const { find: findSitemap, hasNews } = createSitemapEndpoints({ index, siteUrl, now })
  const documents = new Map<string, Endpoint>([
    [
      documentPaths.robots,
      toText(() => robotsTxt({ siteUrl, aiCrawlers, hasNews: hasNews() }), cacheControl.hour),
    ],
    [documentPaths.assistants, toText(() => llmsTxt(index, { siteUrl, hasNews: hasNews() }))],
  ])
  if (securityContact !== undefined) {
    const toBody = () => securityTxt({ siteUrl, contact: securityContact, now: now() })
    documents.set(documentPaths.security, toText(toBody, cacheControl.hour))
  }
  if (indexNowKey !== undefined)
    documents.set(
      `/${indexNowKey}.txt`,
      toText(() => indexNowKey),
    )
  for (const locale of locales) {
    documents.set(localizedDocumentPath(locale, 'openSearch'), (exchange) =>
      sendText(exchange, {
        contentType: 'application/opensearchdescription+xml; charset=utf-8',
        cacheControl: cacheControl.hour,
        body: openSearchDescription({ locale, siteUrl }),
      }),
    )
    documents.set(localizedDocumentPath(locale, 'manifest'), (exchange) =>
      sendText(exchange, {
        contentType: 'application/manifest+json; charset=utf-8',
        cacheControl: cacheControl.hour,
        body: webManifest(locale),
      }),
    )
  }
  const findImage = createImageEndpoints({
    index,
    findCoverFile,
    paperDir: env.paperDir,
    draw: createDraw(),
    store: openImageStore({
      folder: join(dataDir, 'share-images'),
      maxBytes: mostImageBytes.shareImages,
    }),
  })
  return (address) => {
    const { path } = address
    // Most pages are passed by at once.
    if (!path.includes('.')) return undefined
    return (
      documents.get(path) ??
      findSitemap(path) ??
      findImage(address) ??
      findArticleMarkdown(address, { index, siteUrl })
    )
  }
}

function toText(toBody: () => string, cacheControl?: string): Endpoint {
  return (exchange) =>
    sendText(exchange, {
      contentType: 'text/plain; charset=utf-8',
      body: toBody(),
      ...(cacheControl ? { cacheControl } : {}),
    })
}
