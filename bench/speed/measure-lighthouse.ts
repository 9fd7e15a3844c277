import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { z } from 'zod'
import { articlePath, homePath, listingPath, searchPath } from '#lib/site/routes.ts'
import { obtainChromium } from '#tooling/find-chromium.ts'
import type { Corpus } from './corpus.ts'
import { type Measurement, median } from './measurement.ts'
import type { ServerProcess } from './site-process.ts'

const debuggingPort = 9333

/** What of a Lighthouse result is read. Scores are 0 to 1. */
const resultSchema = z.object({
  categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
  audits: z.record(z.string(), z.object({ numericValue: z.number().optional() })),
})

const metrics = {
  'largest-contentful-paint': { name: 'LCP', unit: 'ms' },
  'total-blocking-time': { name: 'TBT', unit: 'ms' },
  'cumulative-layout-shift': { name: 'CLS', unit: '' },
}

/**
 * Lighthouse as a phone sees the pages that readers come to: the median of several runs. Covers must be
 * local for it, because a picture that cannot be fetched is an error in the browser's console.
 */
export async function measureLighthouse(
  site: ServerProcess,
  { slugs }: Corpus,
  runs: number,
): Promise<Measurement[]> {
  const executablePath = await obtainChromium()
  if (!executablePath) return []
  const browser = await chromium.launch({
    executablePath,
    args: [`--remote-debugging-port=${debuggingPort}`, '--disable-background-networking'],
  })
  const pages = {
    home: homePath('en'),
    category: listingPath('en', { kind: 'category', segment: 'trading' }),
    article: articlePath('en', slugs[0] ?? ''),
    search: searchPath('en'),
  }
  try {
    const found: Measurement[] = []
    for (const [page, path] of Object.entries(pages)) {
      const results = []
      for (let run = 0; run < runs; run += 1) results.push(await audit(site.url + path))
      for (const category of Object.keys(results[0]?.categories ?? {})) {
        const scores = results.map(({ categories }) => (categories[category]?.score ?? 0) * 100)
        found.push({
          section: 'lighthouse',
          name: `${page}, ${category}`,
          value: median(scores),
          unit: '',
        })
      }
      for (const [audited, { name, unit }] of Object.entries(metrics)) {
        const values = results.map(({ audits }) => audits[audited]?.numericValue ?? 0)
        found.push({ section: 'lighthouse', name: `${page}, ${name}`, value: median(values), unit })
      }
    }
    return found
  } finally {
    await browser.close()
  }
}

async function audit(url: string) {
  const answer = await lighthouse(url, { port: debuggingPort, logLevel: 'error', output: 'json' })
  return resultSchema.parse(answer?.lhr)
}
