import { answerCalls } from '#lib/node/answer-calls.ts'
import { readChange } from './read-change.ts'
import type { FileToRead, ReadOutcome } from './read-outcome.ts'

/** Files of one content folder. `isPatient`, `takesLarge`, `keepsBytes`: see `readChange`. */
export type ReadRequest = {
  contentDir: string
  files: FileToRead[]
  isPatient: boolean
  takesLarge: boolean
  keepsBytes?: boolean | undefined
}

/** Runs in a thread of its own: reads and parses files, which may never end. */
answerCalls(
  async ({ contentDir, files, ...options }: ReadRequest, beginStage): Promise<ReadOutcome[]> => {
    const outcomes: ReadOutcome[] = []
    for (const file of files) {
      outcomes.push(await readChange(contentDir, file, { ...options, beginStage }))
    }
    return outcomes
  },
)
