// Loaded with the thread: its start is not counted against the time that one file may take.
import sharp from 'sharp'
import type { Picture } from './article.ts'
import { quote } from './front-matter/finding.ts'
import { InvalidArticleError, toFileProblem } from './problem.ts'
import { maxPictureBytes } from './read-content-folder.ts'
import type { RawFile } from './read-markdown-file.ts'

/** How many pixels a picture may have: decoding takes 4 bytes a pixel. */
export const maxPicturePixels = 64_000_000

const formatsByEnding: Record<string, readonly string[]> = {
  avif: ['heif'],
  gif: ['gif'],
  jpeg: ['jpeg'],
  jpg: ['jpeg'],
  png: ['png'],
  tif: ['tiff'],
  tiff: ['tiff'],
  webp: ['webp'],
}

/**
 * A picture's file → its size. Reads the head of the file and decodes no pixel. Throws
 * `InvalidArticleError` for a file that is not what its name says, or is too large to be scaled.
 */
export async function parsePicture({ path, bytes }: RawFile): Promise<Picture> {
  const refuse = (found: string, expected: string): never => {
    throw new InvalidArticleError([toFileProblem('error', path, found, expected)])
  }
  if (bytes.length > maxPictureBytes) {
    // Of a larger file nothing more was read: its size is not known here.
    const limit = `${maxPictureBytes / 1024 / 1024} MB`
    return refuse(`more than ${limit}`, `at most ${limit}`)
  }
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  if (ending === 'svg') {
    // A drawing can hold scripts, and may take for ever to be drawn.
    return refuse('a drawing (SVG)', 'a picture in pixels: avif, gif, jpg, png, tiff or webp')
  }
  // A call of its own: an empty file makes `sharp` throw before there is a promise.
  const readHead = async () => await sharp(bytes, { limitInputPixels: false }).metadata()
  const head = await readHead().catch(() => undefined)
  if (!head?.format)
    return refuse('no picture that can be read', `a picture in the format ${ending}`)
  if (!formatsByEnding[ending]?.includes(head.format)) {
    return refuse(`the format ${quote(head.format)}`, `the format that its name says: ${ending}`)
  }
  const { width, height } = head.autoOrient
  if (width * height * (head.pages ?? 1) > maxPicturePixels) {
    const pages = head.pages && head.pages > 1 ? ` × ${head.pages} frames` : ''
    return refuse(
      `${width} × ${height}${pages} pixels`,
      `at most ${maxPicturePixels / 1e6} million pixels`,
    )
  }
  return { path, width, height }
}
