import { answerCalls } from '#lib/node/answer-calls.ts'
import type { Look, LookedFor } from './file-look.ts'
import { readChange } from './read-change.ts'

/** Files of one content folder. `isPatient`, `takesLarge`: see `readChange`. */
export type ReadRequest = {
  contentDir: string
  files: LookedFor[]
  isPatient: boolean
  takesLarge: boolean
}

/** Runs in a thread of its own: reads and parses files, which may never end. */
answerCalls(({ contentDir, files, ...options }: ReadRequest): Look[] =>
  files.map((file) => readChange(contentDir, file, options)),
)
