import type { Article } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import { isAuthorKey } from '#lib/site/segment.ts'
import type { IngestContext } from '../ingest-context.ts'
import { addProblem, type PassResults } from '../pass-results.ts'
import { rewriteStory } from '../rewrite/rewrite-story.ts'
import { findReviewReason } from '../settings/ingest-config.ts'
import { noModelReason, type StoryRecord } from '../state/story-table.ts'
import type { Story } from '../story.ts'
import { choosePath } from './choose-path.ts'
import { type ArticleText, composeArticle } from './compose-article.ts'
import { findOwner, listVersions, readArticle, writeArticle } from './content-files.ts'
import { addReporters, toPublished } from './credit-duplicates.ts'
import { holdEditedArticle } from './held-articles.ts'

/**
 * Publishes a new story: writes the article's file first and the store second. A run that is killed
 * between the two writes the same file again, from the stored response of the model.
 */
export async function publishStory(
  context: IngestContext,
  record: StoryRecord,
  results: PassResults,
): Promise<void> {
  const { store } = context
  const { story } = record
  if (!story || record.path === undefined) return
  const path = await findFreePath(context, record, record.path)
  if (path === undefined) {
    store.stories.finish(record, 'manual', 'a person has written its file')
    results.articles.leftToPeople += 1
    return
  }
  const text = await makeArticleText(context, record, story)
  if (text === undefined) return
  const cover = await context.unsplash?.findCover(text.photoSubject, story.source.key + story.id)
  const duplicates = store.stories.listDuplicates(path)
  const article = composeArticle(story, text, {
    locale: story.language,
    updatedAt: undefined,
    cover,
    alsoReportedBy: addReporters([], { ...story.source, url: story.url }, duplicates),
    aliases: [],
    proposedStoryKey: await proposeStoryKey(context, record),
  })
  await writeArticle(context, path, article, record.fingerprint)
  // Behind the file and before the store: a run that is killed in between repeats both.
  context.published.add([record, ...duplicates].map((one) => toPublished(one, path)))
  store.transact(() => {
    store.stories.setText(record, story)
    for (const duplicate of duplicates) store.stories.markCredited(duplicate)
    finishStory(context, record, text)
    requestTranslations(context, path, story.language, text)
  })
  results.articles[article.draft ? 'drafts' : 'published'] += 1
  results.articles.alsoReported += duplicates.length
  context.log.info(`${article.draft ? 'draft' : 'article'} ${path}`)
}

/**
 * The key of the story to which a source returns: that of the earlier article, else one made of its
 * slug. Whether the two are one story an editor decides.
 */
async function proposeStoryKey(
  context: IngestContext,
  record: StoryRecord,
): Promise<string | undefined> {
  const earlier = context.store.stories.findEarlier(record)
  const article = earlier === undefined ? undefined : (await readArticle(context, earlier))?.article
  if (!article) return undefined
  const key = article.storyKey ?? article.proposedStoryKey ?? article.slug
  return isAuthorKey(key) ? key : undefined
}

/**
 * Updates the article of a story that has changed at its source. Cover, former slugs, corrections and
 * other reporters stay. A file that a person has edited or deleted stays as it is.
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
    const isDeleted = !before && (await findOwner(context, path)) === 'nobody'
    if (!isDeleted) await holdEditedArticle(context, record, path, story)
    store.stories.finish(record, 'manual', 'a person has edited or deleted its file')
    results.articles.leftToPeople += 1
    return
  }
  const text = await makeArticleText(context, record, story)
  if (text === undefined) return
  const { article } = before
  if (isWorse(text, article)) {
    const reason = text.draftReason ?? 'there is no model to rewrite it again'
    store.stories.finish(record, 'published', reason)
    addProblem(context, results, `${path} stays as it was though its story has changed: ${reason}`)
    return
  }
  const changed = composeArticle(story, text, {
    locale: article.locale,
    updatedAt: changedAt,
    cover: article.cover,
    alsoReportedBy: article.alsoReportedBy,
    aliases: article.aliases,
    proposedStoryKey: article.proposedStoryKey,
  })
  const next = { ...changed, stickyWeight: article.stickyWeight, corrections: article.corrections }
  await writeArticle(context, path, next, record.fingerprint)
  store.transact(() => {
    store.stories.setText(record, story)
    finishStory(context, record, text)
    requestTranslations(context, path, story.language, text)
  })
  results.articles.updated += 1
  context.log.info(`updated ${path}`)
}

/**
 * Writes an article in place of a draft that is an excerpt because no model was configured then. A
 * draft that a person has edited or deleted stays as it is.
 */
export async function rewriteExcerpt(
  context: IngestContext,
  record: StoryRecord,
  results: PassResults,
): Promise<void> {
  const { store } = context
  const { story, path } = record
  if (!story || path === undefined) return
  const before = await readArticle(context, path)
  if (before?.owner !== 'ingest') {
    store.stories.finish(record, 'manual', 'a person has edited or deleted its file')
    results.articles.leftToPeople += 1
    return
  }
  const text = await makeArticleText(context, record, story)
  if (text === undefined) return
  const { cover, alsoReportedBy, aliases, proposedStoryKey } = before.article
  const article = composeArticle(story, text, {
    locale: story.language,
    updatedAt: undefined,
    cover:
      cover ?? (await context.unsplash?.findCover(text.photoSubject, story.source.key + story.id)),
    alsoReportedBy,
    aliases,
    proposedStoryKey,
  })
  await writeArticle(context, path, article, record.fingerprint)
  store.transact(() => {
    finishStory(context, record, text)
    requestTranslations(context, path, story.language, text)
  })
  results.articles[article.draft ? 'drafts' : 'published'] += 1
  context.log.info(`${article.draft ? 'draft' : 'article'} ${path}, which was an excerpt`)
}

function finishStory({ llm, store }: IngestContext, record: StoryRecord, text: ArticleText): void {
  if (llm || text.draftReason === undefined) {
    store.stories.finish(record, 'published', text.draftReason)
  } else {
    store.stories.finishAsExcerpt(record)
  }
}

/** A published article does not become a draft or an excerpt because rewriting failed. */
function isWorse(text: ArticleText, article: Article): boolean {
  if (article.draft || article.withdrawn) return false
  return text.draftReason !== undefined || (article.ai !== undefined && text.ai === undefined)
}

/** Undefined when the story has to wait for another pass. */
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
  const mustBeRead = findReviewReason(context.config, record.sourceKey)
  if (!context.llm) {
    const isDraft = context.config.withoutModel === 'draft'
    return excerpt(isDraft ? noModelReason : mustBeRead)
  }
  const outcome = await rewriteStory(context, context.llm, story, record)
  if (outcome.kind === 'rewritten') {
    // What the check found is the weightier reason.
    return { ...outcome.text, draftReason: outcome.text.draftReason ?? mustBeRead }
  }
  if (outcome.kind === 'given-up') return excerpt(outcome.why)
  return undefined
}

function requestTranslations(
  context: IngestContext,
  path: string,
  from: Locale,
  text: ArticleText,
): void {
  // A draft may be discarded. A person who publishes it decides about its translations.
  if (!context.llm || text.ai === undefined || text.draftReason !== undefined) return
  for (const locale of context.config.languages) {
    if (locale !== from) context.store.translations.request(path, locale)
  }
}

/**
 * The reserved path, or another one when the file there is of another story; undefined when a person
 * has written the article of this story.
 */
async function findFreePath(
  context: IngestContext,
  record: StoryRecord,
  path: string,
): Promise<string | undefined> {
  const owner = await findOwner(context, path)
  if (owner === 'nobody') return path
  const existing = await readArticle(context, path)
  const isOurs =
    existing?.article.externalId === record.id && existing.article.source?.key === record.publisher
  if (isOurs) return owner === 'ingest' ? path : undefined
  await context.syncKnownArticles()
  const other = choosePath(record, context.store)
  if (other === path) return undefined
  context.store.stories.reservePath(record, other)
  return other
}

/**
 * Withdraws the article of a story that its source has retracted, in every language. A file that a
 * person has edited stays as it is, and the report names it, so that a person decides.
 */
export async function withdrawStory(
  context: IngestContext,
  record: StoryRecord,
  results: PassResults,
): Promise<void> {
  const { path, changedAt } = record
  const manual: string[] = []
  for (const version of await listVersions(context, path ?? '')) {
    if (version.article.withdrawn) continue
    if (version.owner === 'person') {
      manual.push(version.path)
      continue
    }
    const updatedAt = changedAt ?? version.article.updatedAt
    const article = { ...version.article, updatedAt, withdrawn: true }
    await writeArticle(context, version.path, article, version.fingerprint)
    context.log.info(`withdrawn ${version.path}`)
  }
  context.store.stories.finish(record, manual.length > 0 ? 'manual' : 'withdrawn')
  results.articles.withdrawn += manual.length > 0 ? 0 : 1
  results.articles.leftToPeople += manual.length
  for (const one of manual) {
    addProblem(context, results, `${one} was taken back by its source, but a person has edited it.`)
    await holdEditedArticle(context, record, one, undefined)
  }
}
