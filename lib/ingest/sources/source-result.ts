import type { FetchDocument } from '../fetch/fetch-document.ts'
import type { IdentifiedStory } from '../story.ts'
import type { IngestWorkers } from '../workers/open-workers.ts'

/** A story that was rejected, and why, in a sentence for the report. */
export type Rejection = { what: string; why: string }

/** What one fetch of a source gave. */
export type SourceResult = {
  /** Undefined when nothing has changed since the checkpoint. */
  stories: IdentifiedStory[] | undefined
  rejections: Rejection[]
  /** Peculiarities for the report that are no failures. */
  notes: string[]
  /** Where the next fetch starts. Written in one transaction with the stories. */
  checkpoint: string
  /** Processor time that parsing took. */
  milliseconds: number
}

/** What a source is fetched with. */
export type SourceReader = {
  fetchDocument: FetchDocument
  workers: IngestWorkers
  /** The checkpoint of the last fetch; undefined the first time. */
  checkpoint: string | undefined
  coindeskKey: string | undefined
}

/** More stories than this are not read from one document; real feeds have up to a few hundred. */
const maxStories = 1000

/** The stories of a document that are read. Adds a note about the others. */
export function firstStories<Story>(stories: Story[], notes: string[]): Story[] {
  if (stories.length > maxStories) {
    notes.push(`has ${stories.length} stories; only the first ${maxStories} are read`)
  }
  return stories.slice(0, maxStories)
}
