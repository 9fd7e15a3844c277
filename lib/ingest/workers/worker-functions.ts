import { workerData } from 'node:worker_threads'
import { answerCalls } from '#lib/node/answer-calls.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'

/**
 * What each kind of thread can do, by name; parameters and results are structured clones. A thread
 * loads the modules of its own kind only.
 */
const functionsByKind = {
  /** Parses the documents of sources. */
  async document() {
    const { parseFeedDocument } = await import('../sources/parse-feed.ts')
    const { parseCoindeskPage } = await import('../sources/parse-coindesk-page.ts')
    return { parseFeedDocument, parseCoindeskPage }
  },
  /** Everything that reads the text of one story or article. */
  async story() {
    const { cleanStory } = await import('../intake/clean-story.ts')
    const { composeArticleFile, hasValidChecksum, parseExistingArticle } = await import(
      '../publish/article-file.ts'
    )
    const { toExcerpt } = await import('../rewrite/to-excerpt.ts')
    const { listKnownArticles } = await import('../state/known-article.ts')
    return {
      ...{ cleanStory, toExcerpt, composeArticleFile },
      ...{ hasValidChecksum, parseExistingArticle, listKnownArticles },
    }
  },
  /** What goes to a model and what it answers: such threads start only where there is one. */
  async answer() {
    const { parseRewrite, toPromptStory } = await import('../rewrite/parse-rewrite.ts')
    const { parseTranslation, readParts } = await import('../translate/parse-translation.ts')
    const { loadDictionaries } = await import('#lib/node/dictionary.ts')
    // Before the first call: reading them would count as time that an answer takes.
    loadDictionaries()
    return { toPromptStory, parseRewrite, readParts, parseTranslation }
  },
}

export type WorkerKind = keyof typeof functionsByKind

export type WorkerFunctions<Kind extends WorkerKind> = Awaited<
  ReturnType<(typeof functionsByKind)[Kind]>
>

export type WorkerRequest = { name: string; parameters: unknown[] }

/** `milliseconds` is processor time. A `FetchFailure` is returned, because an error would lose its fields. */
export type WorkerAnswer =
  | { value: unknown; milliseconds: number }
  | { failure: { message: string; isPassing: boolean } }

const functions: Record<string, (...parameters: never[]) => unknown> =
  await functionsByKind[workerData as WorkerKind]()

answerCalls(({ name, parameters }: WorkerRequest): WorkerAnswer => {
  const call = functions[name]
  if (!call) throw new TypeError(`There is no ${name}`)
  const before = process.threadCpuUsage()
  try {
    const value = call(...(parameters as never[]))
    const { user, system } = process.threadCpuUsage(before)
    return { value, milliseconds: (user + system) / 1000 }
  } catch (cause) {
    if (!(cause instanceof FetchFailure)) throw cause
    return { failure: { message: cause.message, isPassing: cause.isPassing } }
  }
})
