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
answerCalls(async ({ contentDir, files, ...options }: ReadRequest): Promise<Look[]> => {
  const looks: Look[] = []
  for (const file of files) looks.push(await readChange(contentDir, file, options))
  return looks
})
