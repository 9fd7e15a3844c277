import type { IngestContext } from './ingest-context.ts'
import type { PassResults } from './pass-results.ts'
import { creditDuplicates } from './publish/credit-duplicates.ts'
import { publishStories } from './publish/publish-stories.ts'
import { translateArticles } from './translate/translate-articles.ts'

/**
 * The half of a pass that writes: what the store holds becomes files. Originals come before
 * translations, which nobody waits for. Answers how many new stories it has begun.
 */
export async function workOff(
  context: IngestContext,
  limit: number | undefined,
  results: PassResults,
): Promise<number> {
  const begun = await publishStories(context, limit, results)
  await creditDuplicates(context, results)
  await translateArticles(context, results)
  return begun
}
