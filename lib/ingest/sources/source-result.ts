import type { FetchDocument } from '../fetch/fetch-document.ts'
import type { IdentifiedStory } from '../story.ts'
import type { IngestWorkers } from '../workers/open-workers.ts'

/** A story that could not be taken, and why, in a sentence for the report. */
export type Rejection = { what: string; why: string }

/**
 * What a source said. `stories` is undefined when it said that nothing has changed. `checkpoint` is what
 * its reader wants to be given next time; it is kept once the stories are safe. `notes` are
 * peculiarities for the report that are no failures.
 */
export type SourceResult = {
  stories: IdentifiedStory[] | undefined
  rejections: Rejection[]
  notes: string[]
  checkpoint: string
  /** Processor time that reading took. */
  milliseconds: number
}

/** What a reader of a source works with. `checkpoint` is as it left it; undefined the first time. */
export type SourceReader = {
  fetchDocument: FetchDocument
  workers: IngestWorkers
  checkpoint: string | undefined
  coindeskKey: string | undefined
}
