import { rm } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { articleIdentity, isSlug } from '#lib/content/article-identity.ts'
import { editFrontMatter, type FieldEdit } from '#lib/content/edit-front-matter.ts'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import { parseInstant } from '#lib/content/front-matter/parse-instant.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { usualPin } from '#lib/content/visibility.ts'
import { writeWhole } from '#lib/node/write-whole.ts'
import { siteEnv } from '#lib/site/env.ts'
import {
  createArticleFile,
  type FoundArticle,
  findArticle,
  findHolder,
  formatState,
  listArticlesNamed,
  toState,
} from './article-files.ts'
import { type Report, UsageError } from './command.ts'

/** What every command on one article takes: its path, slug or address, and the language of a slug. */
export type EditOptions = { lang?: string }

/** `dateline withdraw`: `withdrawn: true`, and the reason as a comment above it. */
export function withdrawArticle(
  named: string,
  { reason, undo = false, lang }: EditOptions & { reason?: string; undo?: boolean },
): Promise<Report> {
  if (undo && reason) throw new UsageError('--reason is for taking back, not for --undo.')
  if (!undo && !reason) throw new UsageError('Say why with --reason "…": it is kept in the file.')
  const comment = reason === undefined ? undefined : `Withdrawn: ${toLine(reason, '--reason')}`
  return change(named, { lang }, () => ({
    field: 'withdrawn',
    set: !undo,
    ...(comment === undefined ? {} : { comment }),
  }))
}

/** `dateline schedule`: `publishedAt` becomes an instant in the future. */
export function scheduleArticle(
  named: string,
  { at, lang }: EditOptions & { at: string },
  now = new Date(),
): Promise<Report> {
  const instant = parseInstant(at.trim())
  if (!instant) {
    throw new UsageError(`--at is "${at}", expected a date and time such as 2026-12-24T09:30:00Z.`)
  }
  if (instant.at <= now.toISOString()) {
    throw new UsageError(`--at is ${instant.at}, which is not in the future.`)
  }
  const note = instant.isZoned ? undefined : 'No time zone was given: UTC is taken.'
  return change(named, { lang }, () => ({ field: 'publishedAt', set: instant.at }), note)
}

/** `dateline correct`: adds to `corrections`, which readers see with the article. */
export function correctArticle(
  named: string,
  { note, lang }: EditOptions & { note: string },
  now = new Date(),
): Promise<Report> {
  const text = toLine(note, '--note')
  return change(named, { lang }, () => ({
    field: 'corrections',
    append: { at: now.toISOString(), text },
  }))
}

/**
 * `dateline pin`: `stickyWeight` and `pinnedUntil`, three days from now unless `until` is given. A
 * weight of 0 takes the article off the top of the front page.
 */
export function pinArticle(
  named: string,
  { weight = 1, off = false, until, lang }: EditOptions & PinOptions,
  now = new Date(),
): Promise<Report> {
  if (off && until !== undefined) throw new UsageError('--until is for pinning, not for --off.')
  if (off) return change(named, { lang }, () => ({ field: 'stickyWeight', set: 0 }))
  const end = until === undefined ? undefined : parseInstant(until.trim())
  if (until !== undefined && end === undefined) {
    throw new UsageError(
      `--until is "${until}", expected a date and time such as 2026-12-24T09:30:00Z.`,
    )
  }
  const pinnedUntil = end?.at ?? new Date(now.getTime() + usualPin).toISOString()
  if (pinnedUntil <= now.toISOString()) {
    throw new UsageError(`--until is ${pinnedUntil}, which is not in the future.`)
  }
  const zone = end && !end.isZoned ? ' No time zone was given: UTC is taken.' : ''
  return change(
    named,
    { lang },
    () => [
      { field: 'stickyWeight', set: weight },
      { field: 'pinnedUntil', set: pinnedUntil },
    ],
    `Pinned until ${pinnedUntil}.${zone}`,
  )
}

type PinOptions = { weight?: number; off?: boolean; until?: string }

/**
 * `dateline rename`: the file gets the new slug as its name and the old one as an alias, so the old
 * address redirects. The new file is complete before the old one goes.
 */
export async function renameArticle(
  named: string,
  newSlug: string,
  { lang }: EditOptions,
  now = new Date(),
): Promise<Report> {
  const env = siteEnv()
  const { contentDir, siteUrl } = env
  const slug = newSlug.normalize('NFC')
  if (!isSlug(slug) || slug.endsWith('.md')) {
    throw new UsageError(`"${newSlug}" cannot be a slug: no spaces, / \\ ? # %, and no .md.`)
  }
  const found = await findArticle({ contentDir, named, ...(lang ? { lang } : {}) })
  const { locale, slug: oldSlug } = found.article
  if (slug === oldSlug) throw new UsageError(`${found.path} has this slug already.`)
  const holder = await findHolder(contentDir, { slug, locale })
  if (holder) throw new Error(`${holder} has the slug ${slug} already; nothing was changed.`)

  const name = posix
    .basename(found.path)
    .normalize('NFC')
    .replace(oldSlug, () => slug)
  const path = posix.join(posix.dirname(found.path), name)
  if (articleIdentity(path).slug !== slug) throw new UsageError(`${slug} ends like a language.`)
  const isAlias = found.article.aliases.includes(oldSlug)
  const edit: FieldEdit = { field: 'aliases', append: oldSlug }
  const bytes = isAlias ? found.bytes : editFrontMatter(found.bytes, edit)
  const { article } = parseArticle({ path, bytes })
  await createArticleFile(contentDir, path, bytes)
  await rm(join(contentDir, found.path))
  const state = toState({ path, article }, { siteUrl, now })
  const oldAddress = toState(found, { siteUrl, now }).address
  const translations = await listArticlesNamed(contentDir, oldSlug)
  return {
    text: `${formatState(state)}\nThe old address redirects: ${oldAddress}`,
    json: { ...state, formerFile: found.path, formerAddress: oldAddress, translations },
    ...(translations.length > 0
      ? {
          notes: `Rename its translations as well, or they are not linked: ${translations.join(', ')}`,
        }
      : {}),
  }
}

async function change(
  named: string,
  { lang }: { lang: string | undefined },
  toEdits: (found: FoundArticle) => FieldEdit | FieldEdit[],
  note?: string,
): Promise<Report> {
  const { contentDir, siteUrl } = siteEnv()
  const found = await findArticle({ contentDir, named, ...(lang ? { lang } : {}) })
  const bytes = [toEdits(found)].flat().reduce(editFrontMatter, found.bytes)
  const { article, warnings } = parseArticle({ path: found.path, bytes })
  await writeWhole(join(contentDir, found.path), bytes)
  const state = toState({ path: found.path, article }, { siteUrl, now: new Date() })
  const notes = [
    note,
    ...warnings.map(
      ({ field, found: is, expected }) => `Warning: ${field} found ${is}, expected ${expected}`,
    ),
  ]
  return {
    text: formatState(state),
    json: state,
    notes: notes.filter((one) => one !== undefined).join('\n'),
  }
}

function toLine(text: string, option: string): string {
  const line = cleanLine(text)
  if (line === '') throw new UsageError(`${option} is empty.`)
  return line
}
