import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { isArchive, restoreArchive } from '#lib/content/content-archive.ts'
import { formatProblem } from '#lib/content/problem.ts'
import { type ImportReport, importContent, openConverter } from '#lib/import/import-content.ts'
import type { ImportSource, Loss } from '#lib/import/imported-post.ts'
import { openGhostExport } from '#lib/import/read-ghost.ts'
import { openMarkdownFolder } from '#lib/import/read-markdown-folder.ts'
import { openWordPressExport } from '#lib/import/read-wordpress.ts'
import { openFetcher } from '#lib/ingest/fetch/fetch-document.ts'
import { siteEnv } from '#lib/site/env.ts'
import { isLocale, locales } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import { countOf, type Report, typedFrom, UsageError } from './command.ts'

const importFormats = ['markdown', 'wordpress', 'ghost'] as const
type Format = (typeof importFormats)[number]

export type ImportFlags = {
  category?: string
  categories?: string[]
  lang?: string
  media?: string[]
  download?: boolean
  oldSite?: string
  oldAddresses?: string
  overwrite?: boolean
  dryRun?: boolean
}

/**
 * `dateline import`: posts of another tool → the content folder. Exit code 1 when a post was refused, or
 * an existing file with another text was kept.
 */
export async function importFrom(
  format: string,
  from: string,
  flags: ImportFlags,
  now = new Date(),
): Promise<Report> {
  if (!isFormat(format)) {
    throw new UsageError(`"${format}" cannot be imported, only ${importFormats.join(', ')}.`)
  }
  const { lang, oldSite, oldAddresses, category } = flags
  if (lang !== undefined && !isLocale(lang)) {
    throw new UsageError(`--lang is "${lang}", expected one of ${locales.join(', ')}.`)
  }
  if (oldSite !== undefined && !/^https?:\/\/[^/\s]+/.test(oldSite)) {
    throw new UsageError(
      `--old-site is "${oldSite}", expected an address such as https://old.example.`,
    )
  }
  if (oldAddresses !== undefined && !oldAddresses.startsWith('/')) {
    throw new UsageError(
      `--old-addresses is "${oldAddresses}", expected a pattern such as /:year/:month/:day/:title/.`,
    )
  }
  const categories = parseCategories(flags.categories ?? [])
  const { contentDir } = siteEnv()
  const path = resolve(typedFrom(), from)
  if (path === contentDir)
    throw new UsageError('The content folder cannot be imported into itself.')
  const media = (flags.media ?? []).map((folder) => resolve(typedFrom(), folder))
  for (const folder of media) {
    const info = await stat(folder).catch(() => undefined)
    if (!info?.isDirectory()) throw new UsageError(`--media: ${folder} is no folder.`)
  }
  if (format === 'markdown' && (await isArchive(path)))
    return await restore(path, contentDir, flags)
  const source = await open(format, path, {
    now,
    ...(oldSite === undefined ? {} : { oldSite }),
    ...(oldAddresses === undefined ? {} : { oldAddresses }),
  })
  const fetcher = flags.download
    ? openFetcher(fetchSettings(), { now: () => new Date(), random: Math.random })
    : undefined
  const converter = openConverter()
  try {
    const report = await importContent(source, {
      contentDir,
      converter,
      pictureRoots: [format === 'markdown' ? path : dirname(path), ...media],
      ...(fetcher ? { fetchDocument: fetcher.fetchDocument } : {}),
      ...(category === undefined ? {} : { category }),
      categories,
      ...(lang === undefined ? {} : { lang }),
      sites: oldSite === undefined ? [] : [oldSite],
      isDryRun: flags.dryRun ?? false,
      overwrites: flags.overwrite ?? false,
    })
    return toReport(report, contentDir)
  } finally {
    await fetcher?.close()
    await converter.close()
  }
}

/** A folder of `dateline export` holds our own files already: they are copied as they are. */
async function restore(path: string, contentDir: string, flags: ImportFlags): Promise<Report> {
  const dryRun = flags.dryRun ?? false
  const report = await restoreArchive(path, contentDir, {
    isDryRun: dryRun,
    overwrites: flags.overwrite ?? false,
  })
  const { written, unchanged, kept, leftOut } = report
  return {
    text: [
      ...kept.map(formatKept),
      ...leftOut,
      `an export of Dateline: ${countOf(written.length, 'file')} ${dryRun ? 'would be ' : ''}written, ${unchanged.length} unchanged, ${kept.length} kept as they are`,
    ].join('\n'),
    json: { dryRun, ...report },
    exitCode: kept.length + leftOut.length > 0 ? 1 : 0,
  }
}

const formatKept = (path: string) =>
  `${path} is there with another text, and stays (--overwrite replaces it)`

const isFormat = (text: string): text is Format => importFormats.some((one) => one === text)

function open(
  format: Format,
  path: string,
  { now, oldSite, oldAddresses }: { now: Date; oldSite?: string; oldAddresses?: string },
): Promise<ImportSource> {
  switch (format) {
    case 'markdown':
      return openMarkdownFolder(path, { now, ...(oldAddresses ? { oldAddresses } : {}) })
    case 'wordpress':
      return openWordPressExport(path, basename(path))
    case 'ghost':
      return openGhostExport(path, basename(path), oldSite)
  }
}

/** `Old name=KEY`, several separated by commas. */
function parseCategories(pairs: string[]): Map<string, string> {
  return new Map(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=')
      const [old, ours] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
      if (at < 1 || old === '' || ours === '') {
        throw new UsageError(
          `--categories has "${pair}", expected pairs such as "Old name=MARKETS".`,
        )
      }
      return [old.toLowerCase(), ours] as const
    }),
  )
}

const fetchSettings = () => ({
  timeoutSeconds: 30,
  maxMegabytes: 30,
  pauseMilliseconds: 100,
  retries: 1,
  atOnce: 4,
  userAgent: site().userAgent,
})

/** How many losses of one kind are printed; `--json` has all of them. */
const mostOfAKind = 5

function toReport(report: ImportReport, contentDir: string): Report {
  const {
    written,
    unchanged,
    kept,
    drafts,
    pictures,
    redirects,
    leftOut,
    losses,
    problems,
    dryRun,
  } = report
  const did = (done: string) => (dryRun ? `would be ${done}` : done)
  const lines = [
    ...leftOut.map(formatLoss),
    ...kept.map(formatKept),
    ...formatByKind(losses),
    ...problems.map((problem) => `${problem.severity} ${formatProblem(problem)}`),
    `${countOf(written.length, 'file')} ${did('written')}, ${unchanged.length} unchanged, ${kept.length} kept as they are, ${countOf(leftOut.length, 'post')} left out; ${countOf(drafts, 'draft')}`,
    `pictures: ${pictures.copied} ${did('copied')}, ${pictures.downloaded} ${did('fetched')}, ${pictures.unchanged} unchanged, ${pictures.left} left behind; ${countOf(redirects, 'redirect')} ${did('added')}; ${losses.length} losses and changes`,
  ]
  return {
    text: lines.join('\n'),
    json: report,
    notes: dryRun ? `A dry run: nothing was written to ${contentDir}.` : `Next: npx dateline check`,
    exitCode: leftOut.length + kept.length > 0 ? 1 : 0,
  }
}

const formatLoss = ({ severity, file, line, field, found, outcome }: Loss) =>
  `${severity} ${file}:${line} ${field} ${found}: ${outcome}`

/** The first of each kind, and how many more there are. */
function formatByKind(losses: Loss[]): string[] {
  const kinds = new Map<string, Loss[]>()
  for (const loss of losses) {
    const kind = `${loss.severity} ${loss.field.replace(/\d+/g, '#')} ${loss.outcome}`
    const known = kinds.get(kind)
    if (known) known.push(loss)
    else kinds.set(kind, [loss])
  }
  return [...kinds.values()].flatMap((group) => {
    const more = group.length - mostOfAKind
    return [
      ...group.slice(0, mostOfAKind).map(formatLoss),
      ...(more > 0 ? [`  … ${more} more of this kind; --json lists them`] : []),
    ]
  })
}
