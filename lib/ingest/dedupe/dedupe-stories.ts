import { choosePath } from '../publish/article-path.ts'
import type { IngestConfig } from '../settings/ingest-config.ts'
import type { IngestStore } from '../state/ingest-store.ts'
import { openDuplicateFinder } from './find-duplicate.ts'

/**
 * Decides of every new story, the oldest first, whether its event has been told already. Where it has
 * not, the story gets its file's name. Answers how many are duplicates, by the source they came from.
 */
export function dedupeStories(
  store: IngestStore,
  config: IngestConfig['sameEvent'],
): Map<string, number> {
  const { stories } = store
  const duplicates = new Map<string, number>()
  const unjudged = stories.listUndeduped()
  const [first] = unjudged
  const last = unjudged.at(-1)
  if (!first || !last) return duplicates
  const window = { from: first.publishedAt, to: last.publishedAt }
  const events = openDuplicateFinder(store, config, window)
  store.transact(() => {
    for (const record of unjudged) {
      const duplicateOf = events.find(record)
      if (duplicateOf === undefined) {
        const path = choosePath(record, store)
        stories.reservePath(record, path)
        events.remember(record, path)
      } else {
        stories.markDuplicate(record, duplicateOf)
        duplicates.set(record.sourceKey, (duplicates.get(record.sourceKey) ?? 0) + 1)
      }
    }
  })
  return duplicates
}
