import { createHash } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { join, posix, sep } from 'node:path'
import sharp from 'sharp'
import { parsePicture } from '#lib/content/picture.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { maxPictureBytes } from '#lib/content/read-content-folder.ts'
import type { FetchDocument } from '#lib/ingest/fetch/fetch-document.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { writeWhole } from '#lib/node/write-whole.ts'

/** Where a picture is now, or why it was left behind: a phrase. */
export type PlacedPicture = { address: string } | { reason: string }

export type PictureCounts = { copied: number; downloaded: number; unchanged: number; left: number }

/** The most that one import takes from the net: pictures, and bytes of all together. */
const mostDownloads = 20_000
const mostDownloadedBytes = 5 * 1024 ** 3

const endings: Record<string, string[]> = {
  jpeg: ['jpg', 'jpeg'],
  png: ['png'],
  webp: ['webp'],
  gif: ['gif'],
  heif: ['avif'],
  tiff: ['tif', 'tiff'],
}

/** Parts of old addresses that stand for the folder of uploads. */
const uploads = /^\/?(?:.*\/)?(?:wp-content\/uploads|content\/images|content\/media|wp-content)\//

/** Folders of sites whose files stand at the root of the address. */
const rootFolders = [
  'static',
  'public',
  'assets',
  'source',
  'src',
  'src/assets',
  'content',
  'images',
  'content/images',
  'wp-content/uploads',
]

/**
 * Brings pictures into `content/media`: from the folders given, never from outside of them, and from
 * the net where `fetchDocument` is given. Each is read once; a picture that is no picture, is too large
 * or has the name of another one is named. With `isDryRun` nothing is written.
 */
export function openPictures({
  contentDir,
  roots,
  fetchDocument,
  isDryRun,
}: {
  contentDir: string
  roots: string[]
  fetchDocument: FetchDocument | undefined
  isDryRun: boolean
}) {
  const counts: PictureCounts = { copied: 0, downloaded: 0, unchanged: 0, left: 0 }
  const placed = new Map<string, Promise<PlacedPicture>>()
  /** Target → digest of what stands there after this import. */
  const taken = new Map<string, string>()
  let downloads = 0
  let downloadedBytes = 0

  const once = (key: string, place: () => Promise<PlacedPicture>): Promise<PlacedPicture> => {
    const known = placed.get(key)
    if (known) return known
    const placing = place().then((result) => {
      if ('reason' in result) counts.left += 1
      return result
    })
    placed.set(key, placing)
    return placing
  }

  async function write(
    path: string,
    bytes: Uint8Array,
    kind: 'copied' | 'downloaded',
  ): Promise<PlacedPicture> {
    if (bytes.length > maxPictureBytes) return { reason: `more than ${maxPictureBytes} bytes` }
    if (
      /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,500}?-->\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg\b/i.test(
        Buffer.from(bytes.subarray(0, 1000)).toString('latin1'),
      )
    ) {
      return { reason: 'a drawing (SVG): it can hold scripts' }
    }
    const head = await (async () =>
      await sharp(bytes, { limitInputPixels: false }).metadata())().catch(() => undefined)
    const fitting = head?.format ? endings[head.format] : undefined
    if (!fitting) return { reason: 'no picture that can be read' }
    const ending = posix.extname(path).slice(1).toLowerCase()
    const named = fitting.includes(ending)
      ? path
      : `${path.slice(0, path.length - (endingOf(path)?.length ?? 0))}.${fitting[0]}`
    const digest = createHash('sha256').update(bytes).digest('hex')
    const target = await chooseTarget(`media/${cleanPath(named)}`, bytes, digest)
    try {
      await parsePicture({ path: target.path, bytes })
    } catch (error) {
      if (!(error instanceof InvalidArticleError)) throw error
      return {
        reason: error.problems
          .map(({ found, expected }) => `${found}, expected ${expected}`)
          .join('; '),
      }
    }
    if (target.isThere) counts.unchanged += 1
    else {
      counts[kind] += 1
      if (!isDryRun) await writeWhole(join(contentDir, target.path), bytes)
    }
    return { address: `/${target.path.split('/').map(encodeURIComponent).join('/')}` }
  }

  /** The name, or one with a part of the digest where another picture has it. */
  async function chooseTarget(path: string, bytes: Uint8Array, digest: string) {
    const dot = path.lastIndexOf('.')
    const names = [path, `${path.slice(0, dot)}-${digest.slice(0, 8)}${path.slice(dot)}`]
    for (const name of names) {
      const lower = name.toLowerCase()
      const owner = taken.get(lower)
      if (owner !== undefined && owner !== digest) continue
      const there = await readFile(join(contentDir, name)).catch(() => undefined)
      if (there && !Buffer.from(bytes).equals(there)) continue
      taken.set(lower, digest)
      return { path: name, isThere: there !== undefined || owner === digest }
    }
    throw new Error(`${path} is another file in the content folder already.`)
  }

  /** A file below one of the folders; undefined when there is none or it lies outside by a link. */
  async function find(
    path: string,
  ): Promise<{ bytes: Buffer; path: string } | { reason: string } | undefined> {
    const inUploads = path.replace(uploads, '')
    const candidates = [...new Set([path, ...(inUploads === path ? [] : [inUploads])])]
    for (const root of roots) {
      for (const folder of ['', ...rootFolders]) {
        for (const candidate of candidates) {
          const inside = posix.normalize(posix.join('/', candidate)).slice(1)
          const found = await readInside(root, join(folder, inside))
          if (found) return 'bytes' in found ? { ...found, path: inside } : found
        }
      }
    }
    return undefined
  }

  async function download(url: string, path: string): Promise<PlacedPicture> {
    if (!fetchDocument) return { reason: 'on the net: `--download` fetches it' }
    if (downloads >= mostDownloads || downloadedBytes >= mostDownloadedBytes) {
      return { reason: `not fetched: one import takes at most ${mostDownloads} pictures or 5 GB` }
    }
    downloads += 1
    try {
      const document = await fetchDocument(url, {
        headers: { accept: 'image/*' },
        allowPrivate: false,
      })
      if (!document) return { reason: 'the server sent nothing' }
      downloadedBytes += document.bytes.length
      return await write(path, document.bytes, 'downloaded')
    } catch (cause) {
      return {
        reason: `it could not be fetched: ${reasonOf(cause)}`,
      }
    }
  }

  return {
    counts,
    /** A file of a folder by its path there; `undefined` when none of the folders has it. */
    async placeFile(path: string): Promise<PlacedPicture | undefined> {
      const found = await find(path)
      if (!found) return undefined
      if ('reason' in found) return found
      return once(`file ${found.path}`, () =>
        write(
          found.path.replace(/^(?:content|static|public|assets|source|src)\//, ''),
          found.bytes,
          'copied',
        ),
      )
    },
    /** A picture on the net. */
    placeUrl: (url: string, path: string) => once(`url ${url}`, () => download(url, path)),
    /** A picture that stood in the text as base64. */
    placeEmbedded(base64: string): Promise<PlacedPicture> {
      const bytes = Buffer.from(base64, 'base64')
      const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
      return once(`embedded ${digest}`, () => write(`imported/${digest}`, bytes, 'copied'))
    },
  }
}

export type Pictures = ReturnType<typeof openPictures>

async function readInside(
  root: string,
  path: string,
): Promise<{ bytes: Buffer } | { reason: string } | undefined> {
  try {
    const base = await realpath(root)
    const file = await realpath(join(root, path))
    if (!file.startsWith(base + sep)) return undefined
    const { size, isFile } = await stat(file).then((info) => ({
      size: info.size,
      isFile: info.isFile(),
    }))
    if (!isFile) return undefined
    if (size > maxPictureBytes) return { reason: `more than ${maxPictureBytes} bytes` }
    return { bytes: await readFile(file) }
  } catch {
    return undefined
  }
}

const endingOf = (path: string) =>
  /\.(?:avif|gif|jpe?g|png|tiff?|webp|bmp|php|img)$/i.exec(path)?.[0]

/** Names that every file system and every address takes; never one that leads out of the folder. */
function cleanPath(path: string): string {
  return path
    .normalize('NFC')
    .split('/')
    .map((segment) =>
      segment
        .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
        .replace(/^[.-]+|(?:~|\.tmp|\.swp)$/g, '')
        .slice(-120),
    )
    .filter((segment) => segment !== '' && segment !== 'node_modules')
    .join('/')
}
