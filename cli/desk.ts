import { userInfo } from 'node:os'
import { type EditorQuery, editorStates, openEditorIndex } from '#lib/article-index/editor-index.ts'
import { indexPath } from '#lib/article-index/store/database-file.ts'
import { parseInstant } from '#lib/content/front-matter/parse-instant.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { formatProblem } from '#lib/content/problem.ts'
import { isRole, openAccounts, roles } from '#lib/desk/accounts.ts'
import { askModel } from '#lib/desk/ask-model.ts'
import { approveArticle, rejectArticle } from '#lib/desk/change-article.ts'
import type { Revision } from '#lib/desk/history.ts'
import { listNeeds, needKinds, readNeedsInput } from '#lib/desk/list-needs.ts'
import { diffTexts, formatDiff } from '#lib/desk/merge-texts.ts'
import { type Actor, type Desk, openDesk } from '#lib/desk/open-desk.ts'
import { openFile, restoreRevision, type SaveOutcome } from '#lib/desk/save-file.ts'
import { showArticle } from '#lib/desk/show-article.ts'
import { readIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { escapeControls, openLog } from '#lib/node/log.ts'
import { siteEnv } from '#lib/site/env.ts'
import { isLocale } from '#lib/site/locales.ts'
import { findArticlePath, formatState, toContentPath, toState } from './article-files.ts'
import { type Report, UsageError } from './command.ts'

/** Opens the desk for one command and closes it after. */
export async function withDesk<Result>(work: (desk: Desk) => Promise<Result>): Promise<Result> {
  const { contentDir, dataDir, deskHistoryBytes, deskCommits, logLevel, logFormat } = siteEnv()
  const desk = openDesk({
    contentDir,
    dataDir,
    historyBytes: deskHistoryBytes,
    commits: deskCommits,
    now: () => new Date(),
    log: openLog({
      level: logLevel,
      format: logFormat,
      write: (line) => void process.stderr.write(line),
    }),
  })
  try {
    return await work(desk)
  } finally {
    desk.close()
  }
}

/** Who acts from a shell: the name that is given, else the account's. */
export const shellActor = (name?: string): Actor => {
  const given = name?.trim()
  if (given === '') throw new UsageError('--by is empty.')
  return { name: given ?? userInfo().username, from: 'shell' }
}

/** What an action on an article came to. Throws an `Error` for what was not done, with the reasons. */
export function toOutcomeReport(path: string, outcome: SaveOutcome, note = ''): Report {
  if (outcome.kind === 'refused') {
    const problems = outcome.problems.filter(({ severity }) => severity === 'error')
    throw new Error([...outcome.reasons, ...problems.map(formatProblem)].join('\n'))
  }
  if (outcome.kind === 'conflict') {
    throw new Error(`${path} has changed meanwhile, and was not touched. Look at it again.`)
  }
  return { text: note, json: { file: path, ...outcome } }
}

type ListOptions = {
  all?: boolean
  state?: string
  lang?: string
  section?: string
  text?: string
  unreviewed?: boolean
  limit: number
}

/** `dateline desk list`: what needs an editor, or with `--all` every article that meets the conditions. */
export async function listDesk(options: ListOptions): Promise<Report> {
  const { dataDir } = siteEnv()
  const { all = false, state, lang, section, text, unreviewed, limit } = options
  const isFiltered = [state, lang, section, text, unreviewed].some((one) => one !== undefined)
  const index = openEditorIndex(indexPath(dataDir), () => new Date())
  try {
    if (!index.isReady()) {
      throw new Error(
        `There is no index in ${dataDir}: start the site once, so that it reads the content.`,
      )
    }
    if (all || isFiltered) return listAll(index.list(toQuery(options)))
    const report = readIngestReport(dataDir)
    const needs = await withDesk(async ({ history: { findLatest }, now }) =>
      listNeeds(readNeedsInput(index, { report, findLatest, now: now() })),
    )
    const lines = needKinds.flatMap((kind) => {
      const { count, needs: list } = needs[kind]
      if (count === 0) return []
      const rows = list
        .slice(0, limit)
        .flatMap(({ path, title, reasons, difference = [], since }) => [
          `  ${[since.slice(0, 16), path ?? title].filter((part) => part !== '').join('  ')}`,
          ...[...reasons, ...difference].map((line) => `      ${line}`),
        ])
      const rest = count - Math.min(limit, list.length)
      return [`${kind}: ${count}`, ...rows, ...(rest > 0 ? [`  and ${rest} more`] : [])]
    })
    return { text: toText(lines.length > 0 ? lines : ['Nothing needs you.']), json: needs }
  } finally {
    index.close()
  }
}

function toQuery({ state, lang, section, text, unreviewed, limit }: ListOptions): EditorQuery {
  const known = editorStates.find((one) => one === state)
  if (state !== undefined && known === undefined) {
    throw new UsageError(`--state is "${state}", expected one of ${editorStates.join(', ')}.`)
  }
  if (lang !== undefined && !isLocale(lang)) throw new UsageError(`${lang} is not a language here.`)
  return {
    state: known,
    locale: lang !== undefined && isLocale(lang) ? lang : undefined,
    category: section?.toLowerCase(),
    text,
    isReviewed: unreviewed ? false : undefined,
    limit,
  }
}

function listAll(found: ReturnType<ReturnType<typeof openEditorIndex>['list']>): Report {
  const rows = found.articles.map(({ publishedAt, state, path, title, reviewedBy }) => {
    const review = reviewedBy === undefined ? '' : `  (reviewed by ${reviewedBy})`
    return `${publishedAt.slice(0, 16)}  ${state.padEnd(9)}  ${path}  ${title}${review}`
  })
  const rest = found.articleCount - rows.length
  const lines = [...rows, ...(rest > 0 ? [`and ${rest} more`] : [])]
  return { text: toText(lines.length > 0 ? lines : ['No article.']), json: found }
}

/** `dateline desk show`: an article beside what it was made from, with what is doubted in it. */
export async function showOnDesk(named: string, { lang }: { lang?: string }): Promise<Report> {
  return withDesk(async (desk) => {
    const path = await findPath(named, lang)
    const view = await showArticle(desk, path)
    if (!view) throw new Error(`There is no file ${path}.`)
    const { file, article, source, doubts } = view
    const quoted = doubts.flatMap(({ inArticle }) => inArticle)
    const quotedInSource = doubts.flatMap(({ inSource }) => inSource)
    const from = source?.url ?? source?.path
    const lines = [
      formatState(toState({ path, article }, { siteUrl: siteEnv().siteUrl, now: desk.now() })),
      `Digest:  ${file.digest}`,
      `Review:  ${article.reviewedBy === undefined ? 'none' : `${article.reviewedBy}, ${article.reviewedAt}`}`,
      '',
      ...(doubts.length > 0 ? ['Doubts:', ...doubts.map(({ reason }) => `  - ${reason}`), ''] : []),
      '--- Article ---',
      mark([article.title, article.description, '', article.body.trimEnd()].join('\n'), quoted),
      '',
      ...(source
        ? [
            `--- ${source.kind === 'story' ? 'Story' : 'Original'}${from === undefined ? '' : `: ${from}`} ---`,
            mark(`${source.title}\n\n${source.text.trimEnd()}`, quotedInSource),
          ]
        : ['The text that it was made from is not kept any more, or a person wrote it.']),
    ]
    const { bytes: _, ...shown } = file
    return { text: toText(lines), json: { file: shown, article, source, doubts } }
  })
}

/** What is doubted stands between ⟦ and ⟧. The longest first, so that no mark stands inside another. */
function mark(text: string, quoted: string[]): string {
  const longest = [...new Set(quoted)].sort((a, b) => b.length - a.length)
  if (longest.length === 0) return text
  const pattern = new RegExp(
    longest.map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'),
    'g',
  )
  return text.replace(pattern, (one) => `⟦${one}⟧`)
}

type ApproveOptions = {
  by: string
  at?: string
  keepDate?: boolean
  digest?: string
  lang?: string
}

/** `dateline desk approve`: a review in a name that readers see; a draft is published. */
export async function approveOnDesk(named: string, options: ApproveOptions): Promise<Report> {
  const { by, at, keepDate, digest, lang } = options
  const instant = at === undefined ? undefined : parseInstant(at.trim())
  if (at !== undefined && !instant) {
    throw new UsageError(`--at is "${at}", expected a date and time such as 2026-12-24T09:30:00Z.`)
  }
  const actor = shellActor(by)
  return withDesk(async (desk) => {
    const path = await findPath(named, lang)
    const request = { path, by: actor, base: digest, at: instant?.at, keepsDate: keepDate }
    const outcome = await approveArticle(desk, request)
    const report = await toActionReport(desk, path, outcome)
    const notes = [
      instant && !instant.isZoned ? 'No time zone was given: UTC is taken.' : '',
      outcome.translationsRequested ? 'The next pass of ingest translates it.' : '',
    ]
    return { ...report, notes: notes.filter((note) => note !== '').join('\n') }
  })
}

/** `dateline desk reject`: keeps a draft from being published, with the reason in the file. */
export async function rejectOnDesk(
  named: string,
  { reason, by, lang }: { reason: string; by?: string; lang?: string },
): Promise<Report> {
  if (reason.trim() === '') throw new UsageError('--reason is empty.')
  const actor = shellActor(by)
  return withDesk(async (desk) => {
    const path = await findPath(named, lang)
    const outcome = await rejectArticle(desk, { path, by: actor, reason })
    return toActionReport(desk, path, outcome)
  })
}

/** `dateline desk ask`: has the model write a draft again. */
export async function askOnDesk(
  named: string,
  { note, by, lang }: { note: string; by?: string; lang?: string },
): Promise<Report> {
  const actor = shellActor(by)
  const { askAsConfigured } = await import('#lib/ingest/rewrite-for-editor.ts')
  return withDesk(async (desk) => {
    const path = await findPath(named, lang)
    const outcome = await askModel(desk, { path, by: actor, note }, askAsConfigured)
    if (outcome.kind !== 'conflict') return toActionReport(desk, path, outcome)
    const { ours } = outcome.conflict
    const sentence = `${path} has changed while the model wrote, and was not touched. The model's text:`
    return { text: toText([ours]), notes: sentence, json: { file: path, ...outcome }, exitCode: 1 }
  })
}

/** `dateline desk diff`: the revisions of a file and what one of them changed, the newest one by default. */
export async function diffOnDesk(
  named: string,
  revisionId: number | undefined,
  { lang }: { lang?: string },
): Promise<Report> {
  return withDesk(async (desk) => {
    const path = await findPathInHistory(named, lang)
    await openFile(desk, path)
    const revisions = desk.history.list({ path, limit: 100 })
    const chosen = revisionId === undefined ? revisions[0] : desk.history.find(revisionId)
    if (!chosen || chosen.path !== path) {
      throw new Error(
        revisionId === undefined
          ? `There is no history of ${path}.`
          : `${path} has no revision ${revisionId}.`,
      )
    }
    const before = desk.history.findBefore(chosen)
    const diff = formatDiff(diffTexts(readText(desk, before), readText(desk, chosen)))
    const lines = [
      ...(revisionId === undefined ? [...revisions.map(formatRevision), ''] : []),
      formatRevision(chosen),
      diff,
    ]
    return { text: toText(lines), json: { revisions, revision: chosen, before, diff } }
  })
}

const readText = (desk: Desk, revision: Revision | undefined) =>
  new TextDecoder().decode(
    revision?.digest === undefined ? undefined : desk.history.read(revision.digest),
  )

function formatRevision({ id, at, kind, by, note, digest }: Revision): string {
  const what = digest === undefined ? 'deleted' : kind
  return [`${id}`.padStart(6), at.slice(0, 16), what, by, note ?? ''].filter(Boolean).join('  ')
}

/** `dateline desk restore`: brings back a revision, as a new one. */
export async function restoreOnDesk(
  named: string,
  revisionId: number,
  { by, lang }: { by?: string; lang?: string },
): Promise<Report> {
  const actor = shellActor(by)
  return withDesk(async (desk) => {
    const path = await findPathInHistory(named, lang)
    const revision = desk.history.find(revisionId)
    if (revision?.path !== path) throw new Error(`${path} has no revision ${revisionId}.`)
    const base = (await openFile(desk, path))?.digest
    const outcome = await restoreRevision(desk, { revisionId, base, by: actor })
    return toOutcomeReport(path, outcome, `Restored: ${path}, revision ${revisionId}`)
  })
}

/**
 * `dateline desk invite`: an invitation to the desk in a browser, good for three days. Whoever can write
 * to the data folder can let anybody in: so an owner who has lost every passkey comes back.
 */
export function inviteToDesk({ role, by }: { role: string; by?: string }): Report {
  const { dataDir, desk, logLevel, logFormat } = siteEnv()
  if (!desk) throw new UsageError('The desk is off: set DESK=on, for the server as well.')
  if (!isRole(role)) throw new UsageError(`--role is "${role}", expected ${roles.join(', ')}.`)
  const write = (line: string) => void process.stderr.write(line)
  const accounts = openAccounts({
    dataDir,
    log: openLog({ level: logLevel, format: logFormat, write }),
  })
  try {
    const { name } = shellActor(by)
    const url = `${desk.origin}/desk/sign-in/${accounts.createLink({ kind: 'invitation', role }, name)}`
    return { text: url, json: { url, role } }
  } finally {
    accounts.close()
  }
}

const findPath = (named: string, lang: string | undefined) =>
  findArticlePath({ contentDir: siteEnv().contentDir, named, lang })

/** A file that was deleted is there by its path alone. */
async function findPathInHistory(named: string, lang: string | undefined): Promise<string> {
  const { contentDir } = siteEnv()
  try {
    return await findPath(named, lang)
  } catch (cause) {
    const path = toContentPath(contentDir, named)
    const isKept = await withDesk(async ({ history }) => history.findLatest(path) !== undefined)
    if (isKept) return path
    throw cause
  }
}

/** What was done with an article, and its state now. */
export async function toActionReport(
  desk: Desk,
  path: string,
  outcome: SaveOutcome,
): Promise<Report> {
  const { json } = toOutcomeReport(path, outcome)
  const file = await openFile(desk, path)
  if (!file) throw new Error(`${path} was deleted meanwhile.`)
  const { article } = parseArticle(file)
  const state = toState({ path, article }, { siteUrl: siteEnv().siteUrl, now: desk.now() })
  const digest = file.digest
  return { text: formatState(state), json: { ...(json as object), ...state, digest } }
}

/** Nothing that others wrote steers the terminal. */
const toText = (lines: string[]) =>
  lines
    .flatMap((line) => line.split('\n'))
    .map(escapeControls)
    .join('\n')
