import { parseCoindeskPage } from '../sources/parse-coindesk-page.ts'
import { parseFeedDocument } from '../sources/parse-feed-document.ts'
import { serveFunctions } from './serve-functions.ts'

/** Runs in threads of its own: reads the documents of sources. */
const documentFunctions = { parseFeedDocument, parseCoindeskPage }

export type DocumentFunctions = typeof documentFunctions

serveFunctions(documentFunctions)
