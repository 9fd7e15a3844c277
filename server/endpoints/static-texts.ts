import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { toEtag } from '#lib/site/to-etag.ts'
import { sendEncoded } from '../http/send-document.ts'
import type { Endpoint } from '../pages/front-door.ts'
import type { ContentEncoding } from '../pages/page-cache.ts'

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

const encoders: Record<Exclude<ContentEncoding, 'identity'>, (body: Buffer) => Promise<Buffer>> = {
  br: (body) =>
    promisify(brotliCompress)(body, {
      params: {
        // The best, 11, takes ten times as long, and the first reader would wait for it.
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  gzip: (body) => promisify(gzip)(body, { level: constants.Z_BEST_COMPRESSION }),
}

/**
 * Style sheets and scripts of a build, whose names hold a digest: each is read and compressed once,
 * when it is first asked for. The framework would compress them for every request, and has no Brotli.
 * `buildDir` is the framework's folder; a file that is not in it when the server starts is not sent.
 */
export async function findStaticTexts(
  buildDir: string,
): Promise<(pathname: string) => Endpoint | undefined> {
  const staticDir = join(buildDir, 'static')
  const found = await readdir(staticDir, { recursive: true, withFileTypes: true })
  const files = new Map(
    found
      .filter((file) => file.isFile() && contentTypes[extname(file.name)])
      .map((file) => join(file.parentPath, file.name))
      .map((path) => [`/_next${path.slice(buildDir.length).split(sep).join('/')}`, path]),
  )
  const bodies = new Map<string, Promise<Buffer>>()

  function bodyOf(path: string, encoding: ContentEncoding): Promise<Buffer> {
    const key = `${encoding} ${path}`
    const body = bodies.get(key) ?? read(path, encoding)
    bodies.set(key, body)
    // Not to be remembered: the next request tries again.
    body.catch(() => bodies.delete(key))
    return body
  }

  return (pathname) => {
    const path = files.get(pathname)
    if (path === undefined) return undefined
    return (request, response) =>
      sendEncoded(request, response, {
        contentType: contentTypes[extname(path)] ?? '',
        cacheControl: 'public, max-age=31536000, immutable',
        // Its name holds a digest of it.
        etag: toEtag(path),
        toBody: (encoding) => bodyOf(path, encoding),
      })
  }
}

async function read(path: string, encoding: ContentEncoding): Promise<Buffer> {
  const body = await readFile(path)
  return encoding === 'identity' ? body : encoders[encoding](body)
}
