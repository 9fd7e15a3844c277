import { loadDictionaries } from '#lib/node/dictionary.ts'
import { parseRewrite, toPromptStory } from '../rewrite/parse-rewrite.ts'
import { parseTranslation, readParts } from '../translate/parse-translation.ts'
import { serveFunctions } from './serve-functions.ts'

/** Runs in worker threads that start only where there is a model: what goes to it and what it answers. */
const answerFunctions = { toPromptStory, parseRewrite, readParts, parseTranslation }

export type AnswerFunctions = typeof answerFunctions

// Before the first call: reading them would count as time that an answer takes.
loadDictionaries()
serveFunctions(answerFunctions)
