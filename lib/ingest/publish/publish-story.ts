import type { Article } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { IngestContext } from '../ingest-context.ts'
import { addProblem, type PassResults } from '../pass-results.ts'
import { rewriteStory } from '../rewrite/rewrite-story.ts'
import type { StoryRecord } from '../state/story-record.ts'
import type { Story } from '../story.ts'
import { choosePath } from './article-path.ts'
import { type ArticleText, composeArticle } from './compose-article.ts'
import { addReporters } from './credit-duplicates.ts'
import { readArticle } from './read-article.ts'
import { findOwner, writeArticle } from './write-article.ts'

/**
 * Tells a new story: the article's file is written, then the store says so, so that a run that dies
 * between the two writes the same file again. What the model said is remembered from the first time.
 */
export async function publishStory(
  context: IngestContext,
  record: StoryRecord,
  results: PassResults,
): Promise<void> {
  const { store } = context
  const { story } = record
  if (!story || record.path === undefined) return
  const path = await secureOwnPath(context, record, record.path)
  if (path === undefined) {
    store.stories.finish(record, 'manual', 'a person has written its file')
    results.articles.leftToPeople += 1
    return
  }
  const telling = await makeArticleText(context, record, story)
  if (telling === undefined) return
  const cover = await context.covers?.find(telling.photoSubject, story.source.key + story.id)
  const duplicates = store.stories.listDuplicates(path)
  const article = composeArticle(story, telling, {
    locale: story.language,
    updatedAt: undefined,
    cover,
    alsoReportedBy: addReporters([], { ...story.source, url: story.url }, duplicates),
    aliases: [],
  })
  await writeArticle(context, path, article, record.fingerprint)
  store.transact(() => {
    for (const duplicate of duplicates) store.stories.markCredited(duplicate)
    store.stories.finish(record, 'published', telling.draftReason)
    requestTranslations(context, path, story.language, telling)
  })
  results.articles[article.draft ? 'drafts' : 'published'] += 1
  results.articles.alsoReported += duplicates.length
  context.log.info(`${article.draft ? 'draft' : 'article'} ${path}`)
}

/**
 * Tells a story again that has changed upstream. Cover, former slugs, corrections and other reporters
 * stay. A file that a person has edited, or has deleted, is left alone.
 */
export async function updateArticle(
  context: IngestContext,
  record: StoryRecord,
  results: PassResults,
): Promise<void> {
  const { store } = context
  const { story, path, changedAt } = record
  if (!story || path === undefined) return
  const before = await readArticle(context, path)
  if (before?.owner !== 'ingest') {
    store.stories.finish(record, 'manual', 'a person has edited or deleted its file')
    results.articles.leftToPeople += 1
    return
  }
  const telling = await makeArticleText(context, record, story)
  if (telling === undefined) return
  const { article } = before
  if (isWorse(telling, article)) {
    const reason = telling.draftReason ?? 'there is no model to tell it again'
    store.stories.finish(record, 'published', reason)
    addProblem(context, results, `${path} stays as it was though its story has changed: ${reason}`)
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
  await writeArticle(context, path, next, record.fingerprint)
  store.transact(() => {
    store.stories.finish(record, 'published', telling.draftReason)
    requestTranslations(context, path, story.language, telling)
  })
  results.articles.updated += 1
  context.log.info(`updated ${path}`)
}

/** What readers have is not taken from them, or made an excerpt, because retelling went wrong. */
function isWorse(telling: ArticleText, article: Article): boolean {
  if (article.draft || article.withdrawn) return false
  return telling.draftReason !== undefined || (article.ai !== undefined && telling.ai === undefined)
}

/** The telling, or nothing when the story has to wait for another pass. */
async function makeArticleText(
  context: IngestContext,
  record: StoryRecord,
  story: Story,
): Promise<(ArticleText & { photoSubject: string }) | undefined> {
  const excerpt = async (draftReason: string | undefined) => {
    const { excerptWords: maxWords, sections } = context.config
    const options = { maxWords, sections, draftReason }
    const { value } = await context.workers.story('toExcerpt', story, options)
    return { ...value, photoSubject: '' }
  }
  if (!context.model) {
    const isDraft = context.config.withoutModel === 'draft'
    return excerpt(isDraft ? 'no model is configured; this is an excerpt' : undefined)
  }
  const told = await rewriteStory(context, context.model, story, record)
  if (told.kind === 'told') return told.telling
  if (told.kind === 'given-up') return excerpt(told.why)
  return undefined
}

function requestTranslations(
  context: IngestContext,
  path: string,
  from: Locale,
  telling: ArticleText,
): void {
  // A draft may be discarded; what a person makes of it, a person translates.
  if (!context.model || telling.ai === undefined || telling.draftReason !== undefined) return
  for (const locale of context.config.languages) {
    if (locale !== from) context.store.translations.request(path, locale)
  }
}

/** The reserved file, or another one where a stranger's stands; undefined where a person told it. */
async function secureOwnPath(
  context: IngestContext,
  record: StoryRecord,
  path: string,
): Promise<string | undefined> {
  const owner = await findOwner(context, path)
  if (owner === 'nobody') return path
  const there = await readArticle(context, path)
  const isOurs =
    there?.article.externalId === record.id && there.article.source?.key === record.publisher
  if (isOurs) return owner === 'ingest' ? path : undefined
  await context.syncKnownArticles()
  const other = choosePath(record, context.store)
  if (other === path) return undefined
  context.store.stories.reservePath(record, other)
  return other
}
