import type { FetchDocument } from '../fetch/fetch-document.ts'
import type { RawStory } from '../story.ts'

/** A story that could not be taken, and why, in a sentence for the report. */
export type Refusal = { what: string; why: string }

/**
 * What a source said. `stories` is undefined when it said that nothing has changed. `memory` is what
 * its reader wants to be given next time; it is kept once the stories are safe. `notes` are
 * peculiarities for the report that are no failures.
 */
export type SourceAnswer = {
  stories: RawStory[] | undefined
  refusals: Refusal[]
  notes: string[]
  memory: string
}

/** What a reader of a source works with. `memory` is as it left it; undefined the first time. */
export type SourceTools = {
  fetchDocument: FetchDocument
  memory: string | undefined
  coindeskKey: string | undefined
}
