import type { IncomingMessage } from 'node:http'

/**
 * The body of a request; undefined when it has more than `most` bytes: no more than that is held in
 * memory. Rejects when the sender goes away.
 */
export async function readBody(
  request: IncomingMessage,
  most: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let byteLength = 0
  for await (const chunk of request) {
    byteLength += chunk.length
    if (byteLength > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
