import { choosePath } from '../publish/reserve-path.ts'
import type { IngestConfig } from '../settings/ingest-config.ts'
import type { Ledger } from '../state/ledger.ts'
import { openEventFinder } from './find-event.ts'

/**
 * Decides of every new story, the oldest first, whether its event has been told already. Where it has
 * not, the story gets its file's name. Answers how many are twins, by the source they came from.
 */
export function judgeStories(
  ledger: Ledger,
  config: IngestConfig['sameEvent'],
): Map<string, number> {
  const { stories } = ledger
  const twins = new Map<string, number>()
  const unjudged = stories.listUnjudged()
  const [first] = unjudged
  const last = unjudged.at(-1)
  if (!first || !last) return twins
  const window = { from: first.publishedAt, to: last.publishedAt }
  const events = openEventFinder(ledger, config, window)
  ledger.transact(() => {
    for (const record of unjudged) {
      const twinPath = events.find(record)
      if (twinPath === undefined) {
        const path = choosePath(record, ledger)
        stories.reserve(record, path)
        events.remember(record, path)
      } else {
        stories.setTwin(record, twinPath)
        twins.set(record.feed, (twins.get(record.feed) ?? 0) + 1)
      }
    }
  })
  return twins
}
