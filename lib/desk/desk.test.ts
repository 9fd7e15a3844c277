import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseArticle } from '#lib/content/parse-article.ts'
import { reviewDigestOf } from '#lib/content/review.ts'
import { logTo } from '#lib/node/log.ts'
import {
  approveArticle,
  correctArticle,
  pinArticle,
  rejectArticle,
  undoWithdrawal,
  withdrawArticle,
} from './change-article.ts'
import { addRedirect, listRedirects, removeRedirect } from './edit-redirects.ts'
import { diffTexts, mergeTexts } from './merge-texts.ts'
import { type Actor, deskHistoryPath, openDesk } from './open-desk.ts'
import { recordFolder } from './record-folder.ts'
import { renameTag } from './rename-tag.ts'
import { deleteFile, openFile, restoreRevision, saveFile } from './save-file.ts'

const path = 'articles/en/2026/11/vault.md'
const draft = `---
title: A vault opens # for now
publishedAt: 2026-11-20T09:30:00Z
category: BUSINESS
tags: [GOLD, COINS]
draft: true
draftReason: The number “40” is not in the story.
---
The vault opened.

It holds 40 coins.
`
const published = draft.replace(/draft: true\n.*\n/, '')
const olha: Actor = { name: 'Olha', from: '203.0.113.7' }
const ivan: Actor = { name: 'Ivan', from: '203.0.113.8' }

async function deskWith(files: Record<string, string> = { [path]: draft }) {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-desk-'))
  const contentDir = join(folder, 'content')
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(contentDir, name)), { recursive: true })
    await writeFile(join(contentDir, name), text)
  }
  await mkdir(contentDir, { recursive: true })
  let minutes = 0
  const lines: string[] = []
  const dataDir = join(folder, 'data')
  const desk = openDesk({
    contentDir,
    dataDir,
    historyBytes: 1024 * 1024,
    commits: false,
    log: logTo(lines),
    now: () => new Date(Date.UTC(2026, 10, 30, 12, minutes++)),
  })
  onTestFinished(async () => {
    desk.close()
    await rm(folder, { recursive: true })
  })
  const read = (name = path) => readFile(join(contentDir, name), 'utf8')
  const write = (text: string, name = path) => writeFile(join(contentDir, name), text)
  const open = async (name = path) => {
    const file = await openFile(desk, name)
    if (!file) throw new Error(`${name} is missing`)
    return file
  }
  const article = async () => parseArticle({ path, bytes: Buffer.from(await read()) }).article
  return { desk, contentDir, dataDir, read, write, open, article, lines }
}

describe('two texts of lines that are mostly alike', () => {
  // Compared in the process that serves readers: these would keep it for seconds, longer ones for minutes.
  const linesOf = (first: string, step: number, last: string) =>
    [first, ...Array.from({ length: 1300 }, (_, at) => (at % step ? 'x' : 'y')), last].join('\n')
  const [before, after, other] = [linesOf('a', 2, 'b'), linesOf('c', 3, 'd'), linesOf('e', 5, 'f')]

  it('are shown one after the other, with every line', () => {
    const lines = diffTexts(before, after)
    const textOf = (kind: string) =>
      lines
        .filter((line) => line.kind === kind)
        .map(({ text }) => text)
        .join('\n')
    expect([textOf('removed'), textOf('added')]).toEqual([before, after])
  })

  it('are for the editor to decide, with every line', () => {
    const [base, theirs, ours] = [before, after, other].map((text) => text.split('\n'))
    const { text, parts } = mergeTexts(before, after, other)
    expect([text, parts]).toEqual([undefined, [{ kind: 'conflict', base, theirs, ours }]])
  })

  it('are compared line by line where the change is small', () => {
    const changed = before.replace('x\ny', 'x\nz\ny')
    const kinds = diffTexts(before, changed).filter(({ kind }) => kind !== 'same')
    expect(kinds).toEqual([{ kind: 'added', text: 'z' }])
  })

  it('are compared line by line where it is only the blank lines that are', () => {
    const article = Array.from({ length: 1000 }, (_, at) => `Paragraph ${at}.\n`).join('\n')
    const theirs = article.replace('graph 1.', 'graph one.')
    const ours = article.replace('graph 998.', 'graph nearly last.')
    const both = theirs.replace('graph 998.', 'graph nearly last.')
    expect(mergeTexts(article, theirs, ours).text).toBe(both)
    const shown = diffTexts(article, both).filter(({ kind, text }) => kind !== 'same' && text)
    expect(shown).toEqual([
      { kind: 'removed', text: 'Paragraph 1.' },
      { kind: 'added', text: 'Paragraph one.' },
      { kind: 'removed', text: 'Paragraph 998.' },
      { kind: 'added', text: 'Paragraph nearly last.' },
    ])
  })
})

describe('saveFile', () => {
  it('changes one field and no other byte, and keeps both texts and a line of the audit log', async () => {
    const { desk, read, open } = await deskWith()
    const { digest } = await open()
    const edit = { fields: [{ field: 'tags', set: ['GOLD', 'BARS'] }] }
    const outcome = await saveFile(desk, { path, base: digest, edit, by: olha, note: 'Tags' })
    expect(outcome).toMatchObject({ kind: 'saved', revision: { by: 'Olha', kind: 'desk' } })
    expect(await read()).toBe(draft.replace('[GOLD, COINS]', '[GOLD, BARS]'))
    const [latest, first] = desk.history.list({ path })
    expect([latest?.by, first?.kind]).toEqual(['Olha', 'found'])
    expect(Buffer.from(desk.history.read(first?.digest ?? '') ?? []).toString()).toBe(draft)
    expect(desk.auditLog.list()).toMatchObject([
      { by: 'Olha', from: '203.0.113.7', action: 'save', path, detail: 'Tags' },
    ])
  })

  it('answers with all three texts and a merge when another editor was faster', async () => {
    const { desk, read, open } = await deskWith({ [path]: published })
    const { digest: base } = await open()
    const theirs = published.replace('The vault opened.', 'The vault opened on Monday.')
    await saveFile(desk, { path, base, edit: { text: theirs }, by: ivan })
    const edit = { fields: [{ field: 'category', set: 'MARKETS' }] }
    const outcome = await saveFile(desk, { path, base, edit, by: olha })
    const ours = published.replace('BUSINESS', 'MARKETS')
    const merged = theirs.replace('BUSINESS', 'MARKETS')
    expect(outcome).toMatchObject({
      kind: 'conflict',
      conflict: { base: published, theirs, ours, merged, theirsBy: 'Ivan' },
    })
    expect(await read()).toBe(theirs)
    if (outcome.kind !== 'conflict') throw new Error()
    const again = { path, base: outcome.conflict.theirsDigest, edit: { text: merged }, by: olha }
    expect(await saveFile(desk, again)).toMatchObject({ kind: 'saved' })
    expect(await read()).toBe(merged)
  })

  it('merges nothing where both changed one line, or where the whole could not be served', async () => {
    const { desk, read, write, open } = await deskWith({ [path]: published })
    const { digest: base } = await open()
    const theirs = published.replace('40 coins', '41 coins')
    await write(theirs)
    const text = published.replace('40 coins', '42 coins')
    const outcome = await saveFile(desk, { path, base, edit: { text }, by: olha })
    expect(outcome).toMatchObject({ conflict: { merged: undefined, theirs, ours: text } })
    const kinds = outcome.kind === 'conflict' && outcome.conflict.parts.map(({ kind }) => kind)
    expect(kinds).toEqual(['same', 'conflict', 'same'])
    // One field in two places: each of the texts is in order, both together are not.
    await write(published.replace('title:', 'draft: true\ntitle:'))
    const twice = published.replace('tags: [GOLD, COINS]\n', 'tags: [GOLD, COINS]\ndraft: true\n')
    const other = await saveFile(desk, { path, base, edit: { text: twice }, by: olha })
    expect(other).toMatchObject({ kind: 'conflict', conflict: { merged: undefined } })
    expect(await read()).toContain('draft: true\ntitle:')
  })

  it('overwrites neither what a shell wrote nor a deleted file, nor makes one that is there', async () => {
    const { desk, contentDir, read, write, open } = await deskWith()
    const { digest: base } = await open()
    await rm(join(contentDir, path))
    const edit = { body: 'New.\n' }
    const deleted = await saveFile(desk, { path, base, edit, by: olha })
    expect(deleted).toMatchObject({
      kind: 'conflict',
      conflict: { base: draft, theirs: undefined },
    })
    await write('---\n')
    const made = await saveFile(desk, { path, base: undefined, edit: { text: draft }, by: olha })
    expect(made).toMatchObject({ kind: 'conflict', conflict: { theirs: '---\n', ours: draft } })
    expect(await read()).toBe('---\n')
  })

  it('refuses a text that could not be served, and takes one that mends a broken file by half', async () => {
    const broken = draft.replace('publishedAt: 2026-11-20T09:30:00Z', 'publishedAt: soon')
    const { desk, read, open, write } = await deskWith()
    const { digest } = await open()
    const refused = await saveFile(desk, { path, base: digest, edit: { text: broken }, by: olha })
    expect(refused).toMatchObject({ kind: 'refused', problems: [{}, { field: 'publishedAt' }] })
    expect(await read()).toBe(draft)
    await write(broken.replace('category', 'catgory'))
    const { digest: base } = await open()
    const half = await saveFile(desk, { path, base, edit: { text: broken }, by: olha })
    expect(half).toMatchObject({ kind: 'saved', problems: [{}, { field: 'publishedAt' }] })
  })

  it('refuses a review that somebody writes in by hand', async () => {
    const { desk, open } = await deskWith()
    const { digest, bytes } = await open()
    const at = '2026-11-30T09:00:00.000Z'
    const set = { by: 'Chief', at, digest: reviewDigestOf({ path, bytes }) }
    const edit = { fields: [{ field: 'review', set }] }
    const outcome = await saveFile(desk, { path, base: digest, edit, by: olha })
    expect(outcome).toMatchObject({ kind: 'refused' })
  })

  it('keeps line ends, a byte order mark and the mode of the file', async () => {
    const windows = `\uFEFF${draft.replaceAll('\n', '\r\n')}`
    const { desk, read, open, contentDir } = await deskWith({ [path]: windows })
    const { digest } = await open()
    const text = draft.replace('40 coins', '41 coins')
    await saveFile(desk, { path, base: digest, edit: { text }, by: olha })
    expect(await read()).toBe(windows.replace('40 coins', '41 coins'))
    expect((await stat(join(contentDir, path))).mode & 0o777).toBe(0o644)
  })

  it.each(['../outside.md', 'articles/../../outside.md', 'media/a.jpg', '.hidden.md', '/etc/a.md'])(
    'writes nothing at %s',
    async (name) => {
      const { desk } = await deskWith()
      const request = { path: name, base: undefined, edit: { text: draft }, by: olha }
      await expect(saveFile(desk, request)).rejects.toThrow(/is not the name of a content file/)
    },
  )
})

describe('history', () => {
  it('restores as a new revision, also what was deleted, and keeps what the folder brought', async () => {
    const { desk, read, write, open } = await deskWith()
    await recordFolder(desk)
    await write(published)
    expect(await recordFolder(desk)).toEqual({ recorded: 1, deleted: 0 })
    expect(await recordFolder(desk)).toEqual({ recorded: 0, deleted: 0 })
    const { digest } = await open()
    expect(await deleteFile(desk, { path, base: digest, by: ivan })).toEqual({ kind: 'deleted' })
    const [deletion, , first] = desk.history.list({ path })
    expect(deletion).toMatchObject({ digest: undefined, by: 'Ivan' })
    const restored = await restoreRevision(desk, {
      revisionId: first?.id ?? 0,
      base: undefined,
      by: olha,
    })
    expect(restored).toMatchObject({ kind: 'saved', revision: { kind: 'restore', by: 'Olha' } })
    expect(await read()).toBe(draft)
    expect(desk.history.list({ path })).toHaveLength(4)
  })

  it('is bounded, and never drops the newest revision of a file', async () => {
    const { desk } = await deskWith()
    const at = '2026-11-30T09:00:00.000Z'
    const noise = () => Buffer.from(Array.from({ length: 40_000 }, () => Math.random() * 256))
    const last = noise()
    desk.history.record({ path: 'a.md', bytes: last, kind: 'found', by: '', note: undefined, at })
    for (let count = 0; count < 60; count += 1) {
      const bytes = noise()
      desk.history.record({ path: 'b.md', bytes, kind: 'found', by: '', note: undefined, at })
    }
    expect(desk.history.byteLength()).toBeLessThanOrEqual(1024 * 1024)
    const kept = desk.history.list({ path: 'b.md', limit: 100 })
    expect(kept.length).toBeGreaterThan(10)
    expect(kept.length).toBeLessThan(60)
    const oldest = desk.history.read(desk.history.findLatest('a.md')?.digest ?? '')
    expect(last.equals(oldest ?? new Uint8Array())).toBe(true)
  })

  it('is readable by its owner alone, and no statement changes the audit log', async () => {
    const { desk, dataDir } = await deskWith()
    await approveArticle(desk, { path, by: olha })
    expect((await stat(deskHistoryPath(dataDir))).mode & 0o777).toBe(0o600)
    const db = new DatabaseSync(deskHistoryPath(dataDir))
    for (const sql of ['UPDATE audit SET made_by = 1', 'DELETE FROM audit']) {
      expect(() => db.exec(sql)).toThrow(/only added to/)
    }
    db.close()
    const lines = [...desk.auditLog.toJsonLines()]
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ action: 'approve', path }])
  })
})

describe('approveArticle', () => {
  it('reviews and publishes a draft, which appears now', async () => {
    const { desk, article, read, open } = await deskWith()
    const { digest: base } = await open()
    expect(await approveArticle(desk, { path, by: olha, base })).toMatchObject({ kind: 'saved' })
    expect(await article()).toMatchObject({
      draft: false,
      reviewedBy: 'Olha',
    })
    expect((await article()).publishedAt).toMatch(/^2026-11-30T12:/)
    expect(await read()).not.toContain('draft')
    expect(await read()).toContain('title: A vault opens # for now\n')
  })

  it('publishes at a time, keeps a date when asked to, and refuses times that have passed', async () => {
    const { desk, article } = await deskWith()
    const at = '2026-12-24T09:30:00.000Z'
    const past = await approveArticle(desk, { path, by: olha, at: '2026-01-01T00:00:00.000Z' })
    expect(past).toMatchObject({ kind: 'refused' })
    await approveArticle(desk, { path, by: olha, at })
    expect(await article()).toMatchObject({ publishedAt: at, draft: false, reviewedBy: 'Olha' })
    const { desk: other, article: otherArticle } = await deskWith()
    await approveArticle(other, { path, by: olha, keepsDate: true })
    expect((await otherArticle()).publishedAt).toBe('2026-11-20T09:30:00.000Z')
  })

  it.each(['', '\u200b', 'x'.repeat(201)])('gives no review in the name %j', async (name) => {
    const { desk, read } = await deskWith()
    const outcome = await approveArticle(desk, { path, by: { name, from: 'shell' } })
    expect(outcome).toMatchObject({
      kind: 'refused',
      reasons: [expect.stringContaining('cannot stand')],
    })
    expect(await read()).toBe(draft)
  })

  it('comes back with the bytes that had it, and with no others', async () => {
    const { desk, read, open } = await deskWith()
    await approveArticle(desk, { path, by: olha })
    const reviewed = await read()
    const { digest } = await open()
    await saveFile(desk, { path, base: digest, edit: { body: 'Other.\n' }, by: ivan })
    const { digest: base } = await open()
    const forged = reviewed.replace('by: Olha', 'by: Chief')
    const save = (text: string) => saveFile(desk, { path, base, edit: { text }, by: ivan })
    expect(await save(forged)).toMatchObject({ kind: 'refused' })
    expect(await save(reviewed)).toMatchObject({ kind: 'saved' })
  })

  it('is not carried over to another text, not even under the same name and time', async () => {
    const { desk, read, open } = await deskWith()
    await approveArticle(desk, { path, by: olha })
    const reviewed = await read()
    const { digest: base } = await open()
    const digestOf = (text: string) => reviewDigestOf({ path, bytes: Buffer.from(text) })
    const changed = reviewed.replace('40 coins', '4 million coins')
    const text = changed.replace(digestOf(reviewed), digestOf(changed))
    expect(text).not.toBe(changed)
    const outcome = await saveFile(desk, { path, base, edit: { text }, by: ivan })
    expect(outcome).toMatchObject({ kind: 'refused' })
    expect(await read()).toBe(reviewed)
    // When and where it is shown is no part of the text.
    const shown = { text: reviewed.replace(/^category/m, 'stickyWeight: 3\ncategory') }
    expect(await saveFile(desk, { path, base, edit: shown, by: ivan })).toMatchObject({
      kind: 'saved',
    })
  })

  it('reviews no text that the editor has not seen', async () => {
    const { desk, write, open, article } = await deskWith()
    const { digest: base } = await open()
    await write(draft.replace('40', '400'))
    expect(await approveArticle(desk, { path, by: olha, base })).toMatchObject({ kind: 'conflict' })
    expect((await article()).reviewedBy).toBeUndefined()
  })
})

it('rejects a draft with a reason, and takes that back', async () => {
  const { desk, article } = await deskWith()
  expect(await rejectArticle(desk, { path, by: olha, reason: ' ' })).toMatchObject({
    kind: 'refused',
  })
  await rejectArticle(desk, { path, by: olha, reason: 'Invented' })
  expect(await article()).toMatchObject({
    draft: true,
    withdrawn: true,
    draftReason: 'Rejected by Olha: Invented',
  })
  expect(await approveArticle(desk, { path, by: ivan })).toMatchObject({ kind: 'refused' })
  await undoWithdrawal(desk, { path, by: ivan })
  expect(await approveArticle(desk, { path, by: ivan })).toMatchObject({ kind: 'saved' })
  expect(await rejectArticle(desk, { path, by: olha, reason: 'No' })).toMatchObject({
    kind: 'refused',
  })
})

it('withdraws, corrects and pins; a correction voids the review of the text before it', async () => {
  const { desk, article, read } = await deskWith()
  await approveArticle(desk, { path, by: olha })
  await pinArticle(desk, { path, by: olha, weight: 2 })
  expect(await article()).toMatchObject({ stickyWeight: 2, reviewedBy: 'Olha' })
  await correctArticle(desk, { path, by: olha, text: 'It was 41.' })
  expect((await article()).reviewedBy).toBeUndefined()
  await withdrawArticle(desk, { path, by: olha, reason: 'Wrong' })
  expect(await read()).toContain('# Withdrawn: Wrong\nwithdrawn: true\n')
})

it('renames a tag and keeps the review that the editor who renames has seen', async () => {
  const { desk, article, open } = await deskWith()
  await approveArticle(desk, { path, by: olha })
  const { digest: base } = await open()
  const changes = [{ path, base, after: ['BULLION', 'COINS'] }]
  expect(await renameTag(desk, changes, { by: ivan, note: 'Gold is bullion' })).toEqual({
    changed: [path],
    failures: [],
  })
  expect(await article()).toMatchObject({ tags: ['BULLION', 'COINS'], reviewedBy: 'Olha' })
  expect((await renameTag(desk, changes, { by: ivan, note: '' })).failures).toHaveLength(1)
})

it('adds and removes redirects, and refuses what could not be followed', async () => {
  const { desk, read } = await deskWith({ 'redirects.txt': '/a /b # old' })
  const { digest: base } = await listRedirects(desk)
  const add = (from: string, to: string) => addRedirect(desk, { from, to, base, by: olha })
  for (const [from, to] of [
    ['a', '/b'],
    ['/a', '/c'],
    ['/b', '/a'],
    ['/x y', '/c'],
  ] as const) {
    expect(await add(from, to)).toMatchObject({ kind: 'refused' })
  }
  expect(await add('/c', '/d')).toMatchObject({ kind: 'saved' })
  expect(await add('/e', '/f')).toMatchObject({ kind: 'conflict' })
  expect(await read('redirects.txt')).toBe('/a /b # old\n/c /d\n')
  const { digest = '' } = await listRedirects(desk)
  await removeRedirect(desk, { from: '/a', base: digest, by: olha })
  expect(await read('redirects.txt')).toBe('/c /d\n')
})

it('commits a change in the name of the editor, and nothing else that is staged', async () => {
  const { desk, contentDir, write, open, lines } = await deskWith({
    [path]: draft,
    'articles/en/b.md': draft,
  })
  const git = (...parameters: string[]) =>
    execFileSync('git', ['-c', 'user.name=Owner', '-c', 'user.email=o@o.example', ...parameters], {
      cwd: contentDir,
      encoding: 'utf8',
    })
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '-m', 'First')
  await write(published, 'articles/en/b.md')
  git('add', '.')
  const { digest: base } = await open()
  const by = { ...olha, name: 'Olha <Kovalenko>', email: 'olha@news.example' }
  const edit = { body: 'New.\n' }
  await saveFile({ ...desk, commits: true }, { path, base, edit, by, note: 'A new text' })
  expect(git('log', '-1', '--format=%an|%ae|%s', '--name-only').trim().split('\n')).toEqual([
    'Olha  Kovalenko|olha@news.example|A new text',
    '',
    path,
  ])
  expect(git('diff', '--cached', '--name-only').trim()).toBe('articles/en/b.md')
  await rm(join(contentDir, '.git'), { recursive: true })
  const { digest } = await open()
  const saved = await saveFile(
    { ...desk, commits: true },
    { path, base: digest, edit: { body: 'Newer.\n' }, by },
  )
  expect(saved).toMatchObject({ kind: 'saved' })
  expect(lines.join('\n')).toContain('is saved, but could not be committed')
})
