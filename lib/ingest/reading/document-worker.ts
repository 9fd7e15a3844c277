import { readCoindeskPage } from '../sources/read-coindesk-page.ts'
import { readFeedDocument } from '../sources/read-feed-document.ts'
import { serveReader } from './serve-reader.ts'

/** Runs in threads of its own: reads the documents of sources. */
const documentReader = { readFeedDocument, readCoindeskPage }

export type DocumentReader = typeof documentReader

serveReader(documentReader)
