import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'

export type ContentEncoding = 'br' | 'gzip' | 'identity'

/** The package's types do not have its second parameter yet. */
type EncodingNegotiator = {
  encodings(available: readonly string[], options: { preferred: readonly string[] }): string[]
}

const offered: ContentEncoding[] = ['br', 'gzip', 'identity']

/** Browsers and feed readers send a handful of headers between them. */
const known = new LRUCache<string, ContentEncoding>({ max: 500 })

/**
 * The encoding that a client likes best, from its `Accept-Encoding`; Brotli before gzip where it has
 * no preference. A client that refuses all of them is sent the bytes as they are.
 */
export function negotiateEncoding(accepted: string | undefined): ContentEncoding {
  if (!accepted) return 'identity'
  const found = known.get(accepted)
  if (found) return found
  const headers = { 'accept-encoding': accepted.replace(/\bx-gzip\b/gi, 'gzip') }
  const negotiator: EncodingNegotiator = new Negotiator({ headers })
  const [best] = negotiator.encodings(offered, { preferred: offered })
  const encoding = offered.find((one) => one === best) ?? 'identity'
  known.set(accepted, encoding)
  return encoding
}
