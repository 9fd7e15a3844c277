import { answerCalls } from '#lib/node/answer-calls.ts'
import { compileBody } from './compile-body.ts'
import type { BodyRequest, CompiledBody } from './compiled-body.ts'

/** Runs in a thread of its own: compiles bodies, which may never end. */
answerCalls((request: BodyRequest, beginStage): CompiledBody => {
  beginStage('compile')
  return compileBody(request)
})
