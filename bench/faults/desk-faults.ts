import '#lib/site/load-site.ts'
import {
  access,
  appendFile,
  constants,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Report } from '#cli/command.ts'
import type { Article } from '#lib/content/article.ts'
import { toFileDigest, writeContentFile } from '#lib/content/content-file.ts'
import type { FieldEdit } from '#lib/content/edit-front-matter.ts'
import { formatArticle } from '#lib/content/format-article.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { createSeededRandom, type SeededRandom } from '#lib/covers/art/seeded-random.ts'
import * as actions from '#lib/desk/change-article.ts'
import { type Desk, openDesk } from '#lib/desk/open-desk.ts'
import { renameTag } from '#lib/desk/rename-tag.ts'
import { openFile, recordFound, restoreRevision, saveFile } from '#lib/desk/save-file.ts'
import { logTo } from '#lib/node/log.ts'
import { editOneField } from './edit-fields.ts'
import { toReport } from './faults.ts'

export type DeskFaultOptions = { count: number; seed: string }

/**
 * `dateline desk:faults`: changes single fields of articles and looks whether any other byte has changed;
 * edits articles in random ways and looks whether a text that nobody has
 * reviewed is shown as reviewed; then lets two editors, ingest and a shell write one file at the same
 * time and looks whether anything is lost. Exit code 1 with what went wrong.
 */
export async function deskFaults(options: DeskFaultOptions): Promise<Report> {
  console.error(`Seed ${options.seed}, ${options.count} of each`)
  const fields = editOneField(options)
  console.error(
    `${fields.edited} edits of one field in ${fields.files} articles and other ways to write them; ${fields.refused.length} refused`,
  )
  const failures = [
    ...fields.failures,
    ...(await editInSequences(options)),
    ...(await writeAtOnce(options)),
  ]
  return toReport(failures, options.seed)
}

/**
 * In memory where Linux has a folder there: a change waits for the disk several times, which took most of
 * the time, and what a disk loses is tried by `dateline faults`.
 */
const findFastFolder = () =>
  access('/dev/shm', constants.W_OK).then(
    () => '/dev/shm',
    () => tmpdir(),
  )

async function withDeskFolder<Result>(
  work: (desk: Desk, write: (path: string, text: string) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(await findFastFolder(), 'dateline-desk-faults-'))
  let seconds = 0
  const desk = openDesk({
    contentDir: join(folder, 'content'),
    dataDir: join(folder, 'data'),
    historyBytes: 1024 ** 3,
    commits: false,
    log: logTo([]),
    now: () => new Date(Date.UTC(2026, 10, 30) + 1000 * seconds++),
  })
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(desk.contentDir, path)), { recursive: true })
    await writeFile(join(desk.contentDir, path), text)
  }
  try {
    return await work(desk, write)
  } finally {
    desk.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const toPaths = (round: number) =>
  ({
    original: `articles/en/2026/11/${round}.md`,
    translation: `articles/uk/2026/11/${round}.md`,
  }) as const
type Paths = ReturnType<typeof toPaths>

const firstText = `---
title: Café opens a vault # a note
description: It holds 40 coins.
publishedAt: 2026-11-20T09:30:00Z
category: BUSINESS
tags: [GOLD, COINS]
coverImage: { raw: media/vault.jpg, alt: A vault }
ai: { rewritten: true }
draft: true
---
The vault opened on Monday.

It holds 40 coins.
`

/** All that a reader reads, computed without the code under test. */
function toRead(article: Article): string {
  const {
    slug: _,
    reviewedBy: _by,
    reviewedAt: _at,
    publishedAt: _p,
    updatedAt: _u,
    ...rest
  } = article
  const {
    stickyWeight: _s,
    pinnedUntil: _pu,
    breakingUntil: _b,
    score: _sc,
    draft: _d,
    ...more
  } = rest
  const {
    draftReason: _r,
    withdrawn: _w,
    noindex: _n,
    canonicalUrl: _c,
    aliases: _a,
    ...read
  } = more
  const { externalId: _e, translationKey: _t, wordCount: _wc, body, ...fields } = read
  const text = body.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
  return JSON.stringify([fields, text]).normalize('NFC')
}

/** Random edits on every way that a file can change, each followed by a look at what readers are shown. */
export async function editInSequences({ count, seed }: DeskFaultOptions): Promise<string[]> {
  const random = createSeededRandom(seed)
  const failures: string[] = []
  await withDeskFolder(async (desk, write) => {
    for (let round = 0; round < count && failures.length < 20; round += 1) {
      const paths = toPaths(round)
      await write(paths.original, firstText)
      const done: string[] = []
      /** What somebody has read and approved. */
      const approved = new Set<string>()
      for (let step = 0; step < 8; step += 1) {
        const path = random.pick([paths.original, paths.original, paths.translation])
        done.push(await edit(desk, write, { path, paths, random, approved }))
        for (const one of Object.values(paths)) {
          const article = await readArticle(desk, one)
          if (article?.reviewedBy === undefined || approved.has(toRead(article))) continue
          failures.push(`${one} is shown as reviewed after ${done.join(', ')}`)
        }
      }
    }
  })
  return failures
}

async function readArticle(desk: Desk, path: string): Promise<Article | undefined> {
  const bytes = await readFile(join(desk.contentDir, path)).catch(() => undefined)
  if (!bytes) return undefined
  try {
    return parseArticle({ path, bytes }).article
  } catch (cause) {
    if (cause instanceof InvalidArticleError) return undefined
    throw cause
  }
}

const editor = { name: 'Olha', from: '203.0.113.7' }

const shellEdits: [
  (text: string, random: SeededRandom) => string,
  ...((text: string, random: SeededRandom) => string)[],
] = [
  (text, random) => text.replace('40 coins', `${random.integer(41, 99)} coins`),
  (text) => text.replace('opens', 'closes'),
  (text) => text.replaceAll('\n', '\r\n').replaceAll('\r\r', '\r'),
  (text) => text.normalize('NFD'),
  (text) => `${text}\n\n`,
  (text) => `${text}One more sentence.\n`,
  (text) => text.replace('A vault', 'Another vault'),
  (text) => text.replace(/^draft: true\r?\n/m, ''),
  (text) => text.replace('category: BUSINESS', 'category: MARKETS'),
  (text) => text.replace('GOLD, COINS', 'COINS, GOLD'),
  (text) => text.replace('rewritten: true', 'rewritten: true, version: 3'),
  (text) =>
    text.replace(/\n---\r?\n/, '\nreview: { by: Chief, at: 2026-11-30T00:00:00Z, digest: abc }$&'),
  (text) => text.replace(/by: \S+/, 'by: Somebody'),
]

const fieldEdits: [FieldEdit, ...FieldEdit[]] = [
  { field: 'title', set: 'Another title' },
  { field: 'description', remove: true },
  { field: 'coverImage.alt', set: 'A door' },
  { field: 'tags', set: ['SILVER'] },
  { field: 'corrections', append: { at: '2026-11-29T00:00:00.000Z', text: 'It was 40.' } },
  { field: 'stickyWeight', set: 2 },
  { field: 'authors', set: ['Somebody'] },
  { field: 'sentiment', set: 'NEGATIVE' },
  { field: 'kind', set: 'opinion' },
  { field: 'review', remove: true },
]

/** One random edit; answers its name. What an editor approves goes into `approved`. */
async function edit(
  desk: Desk,
  write: (path: string, text: string) => Promise<void>,
  {
    path,
    paths,
    random,
    approved,
  }: { path: string; paths: Paths; random: SeededRandom; approved: Set<string> },
): Promise<string> {
  const file = await openFile(desk, path).catch(() => undefined)
  if (!file) {
    const article = await readArticle(desk, paths.original)
    if (!article) return 'nothing'
    const how = random.pick(['copied', 'translated'])
    const source = await readFile(join(desk.contentDir, paths.original), 'utf8')
    const translated = { ...article, locale: 'uk' as const, title: 'Сховище' }
    await write(path, how === 'copied' ? source : formatArticle(translated))
    return how
  }
  const request = { path, by: editor }
  const way = random.integer(0, 9)
  try {
    switch (way) {
      case 0:
      case 1: {
        await write(path, random.pick(shellEdits)(file.text, random))
        return 'a shell'
      }
      case 2:
      case 3: {
        const fields = [random.pick(fieldEdits)]
        await saveFile(desk, { ...request, base: file.digest, edit: { fields } })
        return 'a field'
      }
      case 4: {
        const body = `${random.pick(['A', 'Another'])} body.\n`
        await saveFile(desk, { ...request, base: file.digest, edit: { body } })
        return 'the body'
      }
      case 5: {
        const revisions = desk.history.list({ path })
        const revision = revisions[random.integer(0, revisions.length - 1)]
        if (!revision) return 'nothing'
        await restoreRevision(desk, { revisionId: revision.id, base: file.digest, by: editor })
        return 'restored'
      }
      case 6: {
        const before = await readArticle(desk, path)
        if (before?.reviewedBy === undefined) return 'nothing'
        const after = before.tags.map((tag) => (tag === 'GOLD' ? 'BULLION' : tag))
        const changes = [{ path, base: file.digest, after }]
        const { changed } = await renameTag(desk, changes, { by: editor, note: 'A tag' })
        const article = await readArticle(desk, path)
        if (changed.length > 0 && article) approved.add(toRead(article))
        return 'a tag'
      }
      case 7:
        await actions.correctArticle(desk, { ...request, text: 'It was 40.' })
        return 'corrected'
      default: {
        // Sometimes the file changes between what the editor has read and the approval.
        const isLate = random.fraction() < 0.3
        if (isLate) await write(path, random.pick(shellEdits)(file.text, random))
        const seen = parseArticle(file).article
        const outcome = await actions.approveArticle(desk, { ...request, base: file.digest })
        if (outcome.kind === 'saved') approved.add(toRead(seen))
        return isLate ? 'approved late' : 'approved'
      }
    }
  } catch (cause) {
    // A file that cannot be an article, or that cannot be edited field by field, is left as it is.
    if (cause instanceof InvalidArticleError) return 'refused'
    if (cause instanceof Error && /cannot be changed here/.test(cause.message)) return 'refused'
    throw cause
  }
}

const writers = ['olha', 'ivan', 'ingest', 'shell'] as const
type Writer = (typeof writers)[number]

const sharedText = `---
title: A vault opens
publishedAt: 2026-11-20T09:30:00Z
category: BUSINESS
---
${writers.map((writer) => `## ${writer}\n\nThe part of ${writer}.\n\nIts end.\n`).join('\n')}`

const insert = (text: string, writer: Writer, mark: string) =>
  text.replace(`The part of ${writer}.\n`, `The part of ${writer}.\n${mark}\n`)

/** Four writers at one file, at random moments. Every line that was accepted must be found afterwards. */
export async function writeAtOnce({ count, seed }: DeskFaultOptions): Promise<string[]> {
  const random = createSeededRandom(`${seed} writers`)
  const failures: string[] = []
  await withDeskFolder(async (desk, write) => {
    for (let round = 0; round < count && failures.length < 20; round += 1) {
      const path = toPaths(round).original
      // A shell that writes back what it read a while ago overwrites others; one that appends does not.
      const isRude = random.fraction() < 0.5
      await write(path, sharedText)
      const accepted: string[] = []
      const pause = async () => {
        for (let turns = random.integer(0, 6); turns > 0; turns -= 1) await setImmediate()
      }
      const file: SharedFile = { desk, path, pause }
      await Promise.all(
        writers.map(async (writer) => {
          for (let number = 0; number < 3; number += 1) {
            await pause()
            const mark = `- ${writer} ${number}`
            if (writer === 'shell') await writeAsShell(file, mark, isRude)
            else if (writer === 'ingest') await writeAsIngest(file, mark)
            else await writeAsEditor(file, writer, mark)
            accepted.push(mark)
          }
        }),
      )
      const last = await readFile(join(desk.contentDir, path), 'utf8')
      const kept = desk.history
        .list({ path, limit: 1000 })
        .map(({ digest }) =>
          digest ? Buffer.from(desk.history.read(digest) ?? []).toString() : '',
        )
      for (const mark of accepted) {
        const times = last.split(`\n${mark}\n`).length - 1
        const isThere = times === 1 || (isRude && kept.some((text) => text.includes(`\n${mark}\n`)))
        if (!isThere) failures.push(`round ${round}: “${mark}” is there ${times} times`)
      }
    }
  })
  return failures
}

type SharedFile = { desk: Desk; path: string; pause: () => Promise<void> }

async function writeAsEditor({ desk, path, pause }: SharedFile, writer: Writer, mark: string) {
  const by = { name: writer, from: 'a test' }
  for (;;) {
    const file = await openFile(desk, path)
    let base = file?.digest
    let text = insert(file?.text ?? '', writer, mark)
    // A shell that writes in place leaves an empty file for a moment.
    while (text.includes(mark)) {
      await pause()
      const outcome = await saveFile(desk, { path, base, edit: { text }, by })
      if (outcome.kind === 'saved') return
      if (outcome.kind !== 'conflict') throw new Error(`${writer}: ${outcome.kind}`)
      const { merged, theirs = '', theirsDigest } = outcome.conflict
      base = theirsDigest
      text = merged ?? insert(theirs, writer, mark)
    }
    await pause()
  }
}

async function writeAsIngest({ desk, path, pause }: SharedFile, mark: string): Promise<void> {
  for (;;) {
    const bytes = await readFile(join(desk.contentDir, path))
    await pause()
    const text = insert(bytes.toString(), 'ingest', mark)
    if (!text.includes(mark)) continue
    const next = new TextEncoder().encode(text)
    const outcome = await writeContentFile(desk.contentDir, path, next, toFileDigest(bytes))
    if (outcome.kind === 'changed') continue
    if (outcome.overwritten) recordFound(desk, path, outcome.overwritten)
    // As the look through the folder does that follows a sync.
    recordFound(desk, path, next)
    return
  }
}

async function writeAsShell(
  { desk, path, pause }: SharedFile,
  mark: string,
  isRude: boolean,
): Promise<void> {
  const file = join(desk.contentDir, path)
  if (!isRude) {
    await appendFile(file, `\n${mark}\n`)
    return
  }
  const text = await readFile(file, 'utf8')
  await pause()
  const next = insert(text, 'shell', mark)
  await writeFile(file, next === text ? `${text}\n${mark}\n` : next)
}
