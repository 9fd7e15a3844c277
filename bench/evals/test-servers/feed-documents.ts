export type FeedSample = {
  id?: string
  url?: string
  title: string
  text: string
  publishedAt?: string
  category?: string
  author?: string
}

/** An RSS document with these stories. */
export function rssWith(stories: FeedSample[]): string {
  const parts = stories.map(
    ({ id, url, title, text, publishedAt = '2026-11-20T09:00:00Z', category, author }) =>
      [
        '<item>',
        `<title>${toXml(title)}</title>`,
        url === undefined ? '' : `<link>${toXml(url)}</link>`,
        id === undefined ? '' : `<guid isPermaLink="false">${toXml(id)}</guid>`,
        `<pubDate>${new Date(publishedAt).toUTCString()}</pubDate>`,
        category === undefined ? '' : `<category>${toXml(category)}</category>`,
        author === undefined ? '' : `<author>${toXml(author)}</author>`,
        `<description>${toXml(text)}</description>`,
        '</item>',
      ].join(''),
  )
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link><description>x</description>${parts.join('')}</channel></rss>`
}

function toXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
