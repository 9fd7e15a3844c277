import { answerCalls } from '#lib/node/answer-calls.ts'
import { type CheckRequest, checkFile, type FileReport } from './check-file.ts'

/** Runs in a thread of its own: checks content files, which may never end. */
answerCalls(
  async ({ file, ...options }: CheckRequest, beginStage): Promise<FileReport | undefined> =>
    file ? checkFile(file, options, beginStage) : undefined,
)
