import type { Element, ElementContent, Root } from 'hast'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import type { ArticleSummary } from '#lib/content/article.ts'
import { firstSentence } from '#lib/i18n/first-sentence.ts'
import { formatDate } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath, homePath, plainPagePath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

const serif = "font-family:Georgia,'Times New Roman',serif"
const styles = {
  page: `margin:0 auto;padding:24px 16px;max-width:600px;${serif};font-size:17px;line-height:1.5`,
  date: 'margin:0 0 24px;color:#595959;font-family:Arial,sans-serif;font-size:14px',
  headline: 'margin:0 0 4px;font-size:20px;line-height:1.25',
  link: 'color:inherit;text-decoration:underline',
  sentence: 'margin:0 0 20px',
}

/**
 * The briefing as a page that can be sent as an e-mail: no script, no style sheet, no picture, nothing
 * that tells who opened it, and every address whole. `siteUrl` is an origin without a trailing slash.
 */
export function toBriefingMail({
  locale,
  articles,
  siteUrl,
}: {
  locale: Locale
  articles: ArticleSummary[]
  siteUrl: string
}): string {
  const { briefing, nothingYet, direction } = messagesFor(locale)
  const title = `${briefing.title} · ${site().name}`
  const newestAt = articles
    .map(({ publishedAt }) => publishedAt)
    .toSorted()
    .at(-1)
  const body = [
    element('h1', { style: 'margin:0;font-size:26px;line-height:1.2' }, [
      link(siteUrl + homePath(locale), title),
    ]),
    element('p', { style: styles.date }, [newestAt ? formatDate(locale, newestAt) : nothingYet]),
    ...articles.flatMap(({ slug, title, description }) => [
      element('h2', { style: styles.headline }, [
        link(siteUrl + articlePath(locale, slug), typeset(locale, title)),
      ]),
      element('p', { style: styles.sentence }, [
        typeset(locale, firstSentence(locale, description)),
      ]),
    ]),
    element('p', { style: styles.date }, [
      link(siteUrl + plainPagePath(locale, 'briefing'), briefing.onSite),
    ]),
  ]
  const page: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      element('html', { lang: locale, dir: direction }, [
        element('head', {}, [
          element('meta', { charSet: 'utf-8' }, []),
          element('meta', { name: 'viewport', content: 'width=device-width' }, []),
          element('meta', { name: 'robots', content: 'noindex' }, []),
          element('title', {}, [title]),
        ]),
        element('body', { style: styles.page }, body),
      ]),
    ],
  }
  return unified().use(rehypeStringify).stringify(page)
}

function link(href: string, text: string): Element {
  return element('a', { href, style: styles.link }, [text])
}

function element(
  tagName: string,
  properties: Element['properties'],
  children: (ElementContent | string)[],
): Element {
  return {
    type: 'element',
    tagName,
    properties,
    children: children.map((child) =>
      typeof child === 'string' ? { type: 'text', value: child } : child,
    ),
  }
}
