import { hash } from 'node:crypto'

/** A strong validator of a document's bytes, bare of quotes: the same for the same bytes. */
export const toEtag = (content: string | Uint8Array): string =>
  hash('sha256', content, 'base64url').slice(0, 22)
