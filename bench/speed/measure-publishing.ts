import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { articlePath, feedPath, homePath, listingPath } from '#lib/site/routes.ts'
import type { Corpus } from './corpus.ts'
import { measureLatency } from './load.ts'
import { type Measurement, percentile } from './measurement.ts'
import { get, type ServerProcess } from './site-process.ts'

const articleCount = 50

/** How often it is asked whether an article is there, in ms: small beside what is measured. */
const pollMs = 5

const category = { name: 'PUBLISHED LIVE', segment: 'published-live' }

/** While so many are published each second, reading is measured for this long. */
const busy = { perSecond: 5, seconds: 10 }

/** From a file that is renamed into place to the pages that show it, and reading meanwhile. */
export async function measurePublishing(
  site: ServerProcess,
  corpus: Corpus,
): Promise<Measurement[]> {
  const [first = ''] = corpus.paths
  const folder = join(corpus.contentDir, dirname(first))
  const files: string[] = []

  async function publish(): Promise<string> {
    const slug = `published-live-${Date.now()}-${files.length}`
    const file = join(folder, `${slug}.md`)
    files.push(file)
    await writeFile(`${file}.tmp`, textOfLiveArticle(slug))
    await rename(`${file}.tmp`, file)
    return slug
  }

  const scope = { kind: 'category', segment: category.segment } as const
  const places = {
    home: homePath('en'),
    category: listingPath('en', scope),
    feed: feedPath('en', { kind: 'latest' }, 'rss'),
  }
  const taken: Record<string, number[]> = { home: [], category: [], feed: [] }
  try {
    for (let run = 0; run < articleCount; run += 1) {
      const slug = await publish()
      const startedAt = performance.now()
      const seen = Object.entries(places).map(async ([name, path]) => {
        await waitForText(`${site.url}${path}`, articlePath('en', slug))
        taken[name]?.push(performance.now() - startedAt)
      })
      await Promise.all(seen)
    }
    const found = Object.entries(taken).map(([name, times]) => ({
      name: `saved, then seen on ${name}, p95 of ${articleCount}`,
      value: percentile(times, 0.95),
      unit: 'ms',
    }))
    const latency = await readWhilePublishing(site, publish)
    if (latency !== undefined) {
      const name = `home, p99 while ${busy.perSecond} a second are published`
      found.push({ name, value: latency, unit: 'ms' })
    }
    return found.map((measured) => ({ section: 'publish', ...measured }))
  } finally {
    for (const file of files) await rm(file, { force: true })
  }
}

async function readWhilePublishing(
  site: ServerProcess,
  publish: () => Promise<unknown>,
): Promise<number | undefined> {
  const timer = setInterval(publish, 1000 / busy.perSecond)
  try {
    return await measureLatency(`${site.url}${homePath('en')}`, busy.seconds)
  } finally {
    clearInterval(timer)
  }
}

/** Until a page that is answered with 200 has a text, for `longestMs`; a server may still be starting. */
export async function waitForText(url: string, text: string, longestMs = 30_000): Promise<void> {
  for (const deadline = performance.now() + longestMs; performance.now() < deadline; ) {
    const answer = await get(url).catch(() => undefined)
    if (answer?.status === 200 && answer.body.includes(text)) return
    await wait(pollMs)
  }
  throw new Error(`${text} did not appear at ${url}`)
}

/** An article of a minute ago, which is in the future of everything in the corpus. */
export function textOfLiveArticle(slug: string): string {
  const publishedAt = new Date(Date.now() - 60_000).toISOString()
  return `---
title: Published live as ${slug}
description: An article that was saved while the site was running.
publishedAt: '${publishedAt}'
category: ${category.name}
---
Saved while the site was running.
`
}
