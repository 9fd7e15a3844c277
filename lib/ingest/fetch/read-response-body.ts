import type { Readable } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib'
import { FetchFailure } from './fetch-failure.ts'

const unpackers: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

/** What `readResponseBody` can unpack, for `Accept-Encoding`. */
export const acceptedEncodings = 'gzip, br, deflate'

/**
 * A response body, unpacked, of at most `maxBytes` bytes: it is counted while it is unpacked, so that
 * a small body that unpacks to gigabytes costs no more than the limit. Throws `FetchFailure`.
 */
export async function readResponseBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const packed = names.filter((name) => name !== '' && name !== 'identity').reverse()
  if (packed.length > 2) throw tooWrapped(encoding)
  let stream: NodeJS.ReadableStream = body
  for (const name of packed) {
    const unpack = unpackers[name]
    if (!unpack) throw tooWrapped(encoding)
    const next = unpack()
    stream.on('error', (error) => 'destroy' in next && destroy(next, error))
    stream = stream.pipe(next)
  }
  try {
    return await collect(stream, maxBytes)
  } finally {
    body.destroy()
  }
}

async function collect(stream: NodeJS.ReadableStream, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    length += bytes.length
    if (length > maxBytes) {
      throw new FetchFailure(`larger than ${(maxBytes / 1024 / 1024).toFixed(1)} MB`, {})
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks, length)
}

function destroy(stream: NodeJS.ReadWriteStream & { destroy?: unknown }, error: Error): void {
  if (typeof stream.destroy === 'function') stream.destroy(error)
}

function tooWrapped(encoding: string | undefined): FetchFailure {
  return new FetchFailure(`packed as ${encoding}, which was not asked for`, {})
}
