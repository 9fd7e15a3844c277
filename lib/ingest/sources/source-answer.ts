import type { FetchDocument } from '../fetch/fetch-document.ts'
import type { Reading } from '../reading/open-reading.ts'
import type { ReadStory } from '../story.ts'

/** A story that could not be taken, and why, in a sentence for the report. */
export type Refusal = { what: string; why: string }

/**
 * What a source said. `stories` is undefined when it said that nothing has changed. `memory` is what
 * its reader wants to be given next time; it is kept once the stories are safe. `notes` are
 * peculiarities for the report that are no failures.
 */
export type SourceAnswer = {
  stories: ReadStory[] | undefined
  refusals: Refusal[]
  notes: string[]
  memory: string
  /** Processor time that reading took. */
  milliseconds: number
}

/** What a reader of a source works with. `memory` is as it left it; undefined the first time. */
export type SourceTools = {
  fetchDocument: FetchDocument
  reading: Reading
  memory: string | undefined
  coindeskKey: string | undefined
}
