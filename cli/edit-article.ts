import { posix } from 'node:path'
import { articleIdentity, isSlug } from '#lib/content/article-identity.ts'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import { parseInstant } from '#lib/content/front-matter/parse-instant.ts'
import { usualPin } from '#lib/content/visibility.ts'
import * as actions from '#lib/desk/change-article.ts'
import type { Actor, Desk } from '#lib/desk/open-desk.ts'
import type { SaveOutcome } from '#lib/desk/save-file.ts'
import { siteEnv } from '#lib/site/env.ts'
import {
  type FoundArticle,
  findArticle,
  findHolder,
  formatState,
  listTranslations,
  toState,
} from './article-files.ts'
import { type Report, UsageError } from './command.ts'
import { shellActor, toActionReport, toOutcomeReport, withDesk } from './desk.ts'

/** What every command on one article takes: its path, slug or address, and the language of a slug. */
export type EditOptions = { lang?: string }

/** `dateline withdraw`: `withdrawn: true`, and the reason as a comment above it. */
export function withdrawArticle(
  named: string,
  { reason, undo = false, lang }: EditOptions & { reason?: string; undo?: boolean },
): Promise<Report> {
  if (undo && reason) throw new UsageError('--reason is for taking back, not for --undo.')
  if (!undo && !reason) throw new UsageError('Say why with --reason "…": it is kept in the file.')
  const text = reason === undefined ? undefined : toLine(reason, '--reason')
  return act(named, lang, (desk, request) =>
    text === undefined
      ? actions.undoWithdrawal(desk, request)
      : actions.withdrawArticle(desk, { ...request, reason: text }),
  )
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
  return act(
    named,
    lang,
    (desk, request) => actions.scheduleArticle(desk, { ...request, at: instant.at }),
    ({ path, article }) => [
      ...(instant.isZoned ? [] : ['No time zone was given: UTC is taken.']),
      ...(article.draft
        ? [
            'It is a draft and stays one, so it will not appear then. Remove `draft`, or approve it: ' +
              `npx dateline desk approve ${path} --at ${instant.at}`,
          ]
        : []),
    ],
  )
}

/** `dateline correct`: adds to `corrections`, which readers see with the article. */
export function correctArticle(
  named: string,
  { note, lang }: EditOptions & { note: string },
): Promise<Report> {
  const text = toLine(note, '--note')
  return act(named, lang, (desk, request) => actions.correctArticle(desk, { ...request, text }))
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
  if (off) {
    return act(named, lang, (desk, request) => actions.pinArticle(desk, { ...request, weight: 0 }))
  }
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
  return act(
    named,
    lang,
    (desk, request) => actions.pinArticle(desk, { ...request, weight, until: pinnedUntil }),
    () => [`Pinned until ${pinnedUntil}.${zone}`],
  )
}

type PinOptions = { weight?: number; off?: boolean; until?: string }

/**
 * `dateline rename`: the file gets the new slug as its name and the old one as an alias, so the old
 * address redirects, and as `translationKey` where it has translations. The new file is complete before
 * the old one goes.
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
  const found = await findArticle({ contentDir, named, lang })
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
  const translations = await listTranslations(contentDir, found)
  const outcome = await withDesk((desk) =>
    actions.moveArticle(desk, {
      path: found.path,
      to: path,
      slug: oldSlug,
      isPaired: translations.length > 0,
      by: shellActor(),
    }),
  )
  if (outcome.kind === 'conflict' && outcome.conflict.theirs !== undefined) {
    throw new Error(`${path} is there already, and was not touched.`)
  }
  toOutcomeReport(path, outcome)
  const { article } = await findArticle({ contentDir, named: path })
  const state = toState({ path, article }, { siteUrl, now })
  const oldAddress = toState(found, { siteUrl, now }).address
  return {
    text: `${formatState(state)}\nThe old address redirects: ${oldAddress}`,
    json: { ...state, formerFile: found.path, formerAddress: oldAddress, translations },
    ...(translations.length > 0
      ? {
          notes: `Its translations stay linked, by translationKey: ${translations.join(', ')}`,
        }
      : {}),
  }
}

/** Does one thing with the article that is named, through the desk: so history and audit log have it. */
function act(
  named: string,
  lang: string | undefined,
  action: (desk: Desk, request: { path: string; by: Actor }) => Promise<SaveOutcome>,
  toNotes: (found: FoundArticle) => string[] = () => [],
): Promise<Report> {
  return withDesk(async (desk) => {
    const { contentDir } = desk
    const found = await findArticle({ contentDir, named, lang })
    const { path } = found
    const outcome = await action(desk, { path, by: shellActor() })
    const report = await toActionReport(desk, path, outcome)
    const problems = 'problems' in outcome ? outcome.problems : []
    const notes = [
      ...toNotes(found),
      ...problems.map(
        ({ field, found: is, expected }) => `Warning: ${field} found ${is}, expected ${expected}`,
      ),
    ]
    return { ...report, notes: notes.join('\n') }
  })
}

function toLine(text: string, option: string): string {
  const line = cleanLine(text)
  if (line === '') throw new UsageError(`${option} is empty.`)
  return line
}
