import { documentPaths } from '#lib/site/document-paths.ts'
import { locales } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'

/**
 * Crawlers that collect texts for language models, by the names their operators give them in
 * robots.txt. Those that fetch a page because a person asked about it are not among them.
 */
const aiCrawlers = [
  'AI2Bot',
  'Amazonbot',
  'anthropic-ai',
  'Applebot-Extended',
  'Bytespider',
  'CCBot',
  'ClaudeBot',
  'cohere-training-data-crawler',
  'Diffbot',
  'FacebookBot',
  'Google-Extended',
  'GPTBot',
  'meta-externalagent',
  'omgili',
  'PetalBot',
  'Timpibot',
]

/** Not for crawlers: answers to one reader's question, previews, and addresses for programs. */
const keptOut = [
  ...locales.map((locale) => `${searchPath(locale)}?`),
  ...['/api/', '/preview/', '/health'],
]

/**
 * The rules for crawlers (RFC 9309). `siteUrl` is an origin without a trailing slash; without `hasNews`
 * there is no news sitemap to name.
 */
export function robotsTxt({
  siteUrl,
  aiCrawlers: choice,
  hasNews,
}: {
  siteUrl: string
  hasNews: boolean
  aiCrawlers: 'allow' | 'deny'
}): string {
  const refused = choice === 'deny' ? aiCrawlers.map((name) => `User-agent: ${name}`) : []
  return [
    'User-agent: *',
    ...keptOut.map((path) => `Disallow: ${path}`),
    '',
    ...(refused.length > 0 ? [...refused, 'Disallow: /', ''] : []),
    `Sitemap: ${siteUrl}${documentPaths.sitemapIndex}`,
    ...(hasNews ? [`Sitemap: ${siteUrl}${documentPaths.newsSitemap}`] : []),
    '',
  ].join('\n')
}
