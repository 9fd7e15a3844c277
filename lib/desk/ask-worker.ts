import { askAsConfigured } from '#lib/ingest/rewrite-for-editor.ts'
import { answerCalls } from '#lib/node/answer-calls.ts'

/** A thread of its own: the store may be in use for seconds, and whoever serves does not wait for it. */
answerCalls(askAsConfigured)
