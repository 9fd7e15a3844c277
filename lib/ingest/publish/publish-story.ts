import type { Article } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { Desk } from '../ingest-context.ts'
import { rewriteStory } from '../rewrite/rewrite-story.ts'
import type { StoryRecord } from '../state/story-record.ts'
import type { Story } from '../story.ts'
import { addProblem, type Tally } from '../tally.ts'
import { composeArticle, type Telling } from './compose-article.ts'
import { findOwner, keepArticle } from './keep-article.ts'
import { addReporters } from './note-duplicates.ts'
import { readArticle } from './read-article.ts'
import { choosePath } from './reserve-path.ts'

/**
 * Tells a new story: the article's file is written, then the ledger says so, so that a run that dies
 * between the two writes the same file again. What the model said is remembered from the first time.
 */
export async function tellStory(desk: Desk, record: StoryRecord, tally: Tally): Promise<void> {
  const { ledger } = desk
  const { story } = record
  if (!story || record.path === undefined) return
  const path = await secureOwnPath(desk, record, record.path)
  if (path === undefined) {
    ledger.stories.settle(record, 'left', 'a person has written its file')
    tally.articles.leftToPeople += 1
    return
  }
  const telling = await findTelling(desk, record, story)
  if (telling === undefined) return
  const cover = await desk.covers?.find(telling.photoSubject, story.source.key + story.id)
  const twins = ledger.stories.listTwins(path)
  const article = composeArticle(story, telling, {
    locale: story.language,
    updatedAt: undefined,
    cover,
    alsoReportedBy: addReporters([], { ...story.source, url: story.url }, twins),
    aliases: [],
  })
  await keepArticle(desk, path, article, record.fingerprint)
  ledger.transact(() => {
    for (const twin of twins) ledger.stories.note(twin)
    ledger.stories.settle(record, 'told', telling.draftReason)
    wantTranslations(desk, path, story.language, telling)
  })
  tally.articles[article.draft ? 'drafts' : 'published'] += 1
  tally.articles.alsoReported += twins.length
  desk.log.info(`${article.draft ? 'draft' : 'article'} ${path}`)
}

/**
 * Tells a story again that has changed upstream. Cover, former slugs, corrections and other reporters
 * stay. A file that a person has edited, or has deleted, is left alone.
 */
export async function retellStory(desk: Desk, record: StoryRecord, tally: Tally): Promise<void> {
  const { ledger } = desk
  const { story, path, changedAt } = record
  if (!story || path === undefined) return
  const before = await readArticle(desk, path)
  if (before?.owner !== 'ingest') {
    ledger.stories.settle(record, 'left', 'a person has edited or deleted its file')
    tally.articles.leftToPeople += 1
    return
  }
  const telling = await findTelling(desk, record, story)
  if (telling === undefined) return
  const { article } = before
  if (isWorse(telling, article)) {
    const reason = telling.draftReason ?? 'there is no model to tell it again'
    ledger.stories.settle(record, 'told', reason)
    addProblem(desk, tally, `${path} stays as it was though its story has changed: ${reason}`)
    return
  }
  const changed = composeArticle(story, telling, {
    locale: article.locale,
    updatedAt: changedAt,
    cover: article.cover,
    alsoReportedBy: article.alsoReportedBy,
    aliases: article.aliases,
  })
  const next = { ...changed, stickyWeight: article.stickyWeight, corrections: article.corrections }
  await keepArticle(desk, path, next, record.fingerprint)
  ledger.transact(() => {
    ledger.stories.settle(record, 'told', telling.draftReason)
    wantTranslations(desk, path, story.language, telling)
  })
  tally.articles.updated += 1
  desk.log.info(`updated ${path}`)
}

/** What readers have is not taken from them, or made an excerpt, because retelling went wrong. */
function isWorse(telling: Telling, article: Article): boolean {
  if (article.draft || article.withdrawn) return false
  return telling.draftReason !== undefined || (article.ai !== undefined && telling.ai === undefined)
}

/** The telling, or nothing when the story has to wait for another pass. */
async function findTelling(
  desk: Desk,
  record: StoryRecord,
  story: Story,
): Promise<(Telling & { photoSubject: string }) | undefined> {
  const excerpt = async (draftReason: string | undefined) => {
    const { excerptWords: maxWords, sections } = desk.config
    const options = { maxWords, sections, draftReason }
    const { value } = await desk.reading.story('tellInExcerpt', story, options)
    return { ...value, photoSubject: '' }
  }
  if (!desk.model) {
    const isDraft = desk.config.withoutModel === 'draft'
    return excerpt(isDraft ? 'no model is configured; this is an excerpt' : undefined)
  }
  const told = await rewriteStory(desk, desk.model, story, record)
  if (told.kind === 'told') return told.telling
  if (told.kind === 'given-up') return excerpt(told.why)
  return undefined
}

function wantTranslations(desk: Desk, path: string, from: Locale, telling: Telling): void {
  // A draft may be discarded; what a person makes of it, a person translates.
  if (!desk.model || telling.ai === undefined || telling.draftReason !== undefined) return
  for (const locale of desk.config.languages) {
    if (locale !== from) desk.ledger.translations.want(path, locale)
  }
}

/** The reserved file, or another one where a stranger's stands; undefined where a person told it. */
async function secureOwnPath(
  desk: Desk,
  record: StoryRecord,
  path: string,
): Promise<string | undefined> {
  const owner = await findOwner(desk, path)
  if (owner === 'nobody') return path
  const there = await readArticle(desk, path)
  const isOurs =
    there?.article.externalId === record.id && there.article.source?.key === record.publisher
  if (isOurs) return owner === 'ingest' ? path : undefined
  await desk.syncArticles()
  const other = choosePath(record, desk.ledger)
  if (other === path) return undefined
  desk.ledger.stories.reserve(record, other)
  return other
}
