import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { articlePath, feedPath, homePath, listingPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { composeArticle, headlineOf, type Manuscript, marksOf } from './compose-article.ts'
import type { Trial } from './trial.ts'

/** What the project promises, in ms. */
const longest = { arrivalOfMany: 10_000, saveToVisible: 1000 }
const manyFiles = 1000

/** From when on a file that is whole has to be shown whole, in ms after its last byte. */
const settling = 1000

type Say = (line: string) => void

/** How articles get from the folder to readers: many at once, in two steps, and how soon. */
export async function watchArrivals(
  trial: Trial,
  { saves, say }: { saves: number; say: Say },
): Promise<string[]> {
  await trial.start()
  await trial.site().waitUntilSettled()
  return [
    ...(await arriveTogether(trial, say, 'written')),
    ...(await arriveTogether(trial, say, 'moved')),
    ...(await arriveInSteps(trial, say)),
    ...(await timeSaves(trial, saves, say)),
  ]
}

async function arriveTogether(
  trial: Trial,
  say: Say,
  manner: 'written' | 'moved',
): Promise<string[]> {
  const site = trial.site()
  const target = join(trial.contentDir, 'articles/en', manner)
  const folder = manner === 'written' ? target : join(trial.folder, manner)
  const wanted = (await site.countVisible()) + manyFiles
  await mkdir(folder, { recursive: true })
  for (let number = 0; number < manyFiles; number += 1) {
    const manuscript = toManuscript(`${manner}-${number}`, number)
    await writeFile(
      join(folder, `${manuscript.slug}.md`),
      composeArticle(manuscript, trial.editor.articleCount),
    )
  }
  const startedAt = performance.now()
  if (folder !== target) await rename(folder, target)
  const taken = () => Math.round(performance.now() - startedAt)
  while ((await site.countVisible()) !== wanted && taken() < 6 * longest.arrivalOfMany) {
    await wait(25)
  }
  const milliseconds = taken()
  say(`  ${manyFiles} files ${manner} into place: live after ${milliseconds} ms`)
  const differences = await trial.compare()
  if (milliseconds > longest.arrivalOfMany) {
    differences.push(`took ${milliseconds} ms, at most ${longest.arrivalOfMany}`)
  }
  return differences.map((line) => `${manyFiles} files ${manner}: ${line}`)
}

function toManuscript(slug: string, minutesAgo: number): Manuscript {
  return {
    slug,
    locale: 'en',
    version: 1,
    publishedAt: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
    category: 'MARKETS',
    tags: ['CUSTODY'],
    source: 'First Wire',
    aliases: [],
    state: 'published',
  }
}

/** Pauses between the steps in ms: within one burst of events, about its end, and long after it. */
const pauses = [1, 15, 40, 80, 150, 400]

/**
 * Rewrites an article in two steps while a reader looks at it all the time. With a long pause the
 * half is what the file holds, and showing it is right; the complete file has to be shown completely.
 */
async function arriveInSteps(trial: Trial, say: Say): Promise<string[]> {
  const failures: string[] = []
  for (const how of ['empty first', 'half first'] as const) {
    for (const pause of pauses) {
      const seen = { whole: 0, torn: 0, missing: 0 }
      for (let round = 0; round < 3; round += 1) {
        const story = `${how}, ${pause} ms between the steps`
        const wrong = await watchRewrite(trial, { how, pause, seen })
        failures.push(...wrong.map((line) => `${story}: ${line}`))
      }
      say(
        `  ${how}, ${pause} ms between: seen torn ${seen.torn} times, missing ${seen.missing}, whole ${seen.whole}`,
      )
    }
  }
  return failures
}

async function watchRewrite(
  trial: Trial,
  rewrite: {
    how: 'empty first' | 'half first'
    pause: number
    seen: { whole: number; torn: number; missing: number }
  },
): Promise<string[]> {
  const site = trial.site()
  const former = await trial.editor.publish()
  const path = articlePath(former.locale, former.slug)
  while ((await site.ask(path)).status !== 200) await wait(20)
  let wholeSince: number | undefined
  const writing = trial.editor.rewriteInSteps(former.slug, rewrite).then((manuscript) => {
    wholeSince = performance.now()
    return manuscript
  })
  for (;;) {
    const askedAt = performance.now()
    const { status, text } = await site.ask(path)
    const isSettled = wholeSince !== undefined && askedAt - wholeSince > settling
    const shown = /<h1[^>]*>[^<]* in version (\d+)</.exec(text)?.[1]
    const { last } = marksOf({ slug: former.slug, version: Number(shown) })
    const state = status !== 200 ? 'missing' : text.includes(last) ? 'whole' : 'torn'
    rewrite.seen[state] += 1
    if (isSettled) {
      const { version } = await writing
      return state === 'whole' && Number(shown) === version
        ? []
        : [
            `${path} is ${state}, version ${shown}, ${settling} ms after version ${version} was whole`,
          ]
    }
    await wait(3)
  }
}

/** From the rename that puts an article into place until its headline stands on each page. */
async function timeSaves(trial: Trial, saves: number, say: Say): Promise<string[]> {
  const site = trial.site()
  const taken: Record<'home' | 'category' | 'feed', number[]> = { home: [], category: [], feed: [] }
  for (let save = 0; save < saves; save += 1) {
    const manuscript = await trial.editor.publish()
    const startedAt = performance.now()
    const { locale } = manuscript
    const scope = { kind: 'category', segment: toSegment(manuscript.category) } as const
    const paths = {
      home: homePath(locale),
      category: listingPath(locale, scope),
      feed: feedPath(locale, { kind: 'latest' }, 'rss'),
    }
    const timed = Object.entries(taken).map(async ([place, times]) => {
      const path = paths[place === 'home' || place === 'category' ? place : 'feed']
      for (;;) {
        const { text } = await site.ask(path)
        const milliseconds = performance.now() - startedAt
        if (text.includes(headlineOf(manuscript)) || milliseconds > 30_000)
          return times.push(milliseconds)
        await wait(10)
      }
    })
    await Promise.all(timed)
  }
  return Object.entries(taken).flatMap(([place, times]) => {
    const sorted = times.toSorted((a, b) => a - b)
    const at = (part: number) => Math.round(sorted[Math.ceil(part * sorted.length) - 1] ?? 0)
    say(`  saved and on the ${place}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms of ${saves}`)
    return at(0.95) > longest.saveToVisible
      ? [`saved and on the ${place}: p95 ${at(0.95)} ms, at most ${longest.saveToVisible}`]
      : []
  })
}
