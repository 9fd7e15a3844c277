import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import sharp from 'sharp'
import { maxPicturePixels, parsePicture } from '#lib/content/picture.ts'
import { maxPictureBytes } from '#lib/content/read-content-folder.ts'
import { drawFallbackArt } from '#lib/covers/fallback-art.ts'
import { answerCalls } from '#lib/node/answer-calls.ts'
import type { FallbackArt } from '#lib/site/document-paths.ts'

export const pictureFormats = ['avif', 'webp', 'jpeg'] as const
export type PictureFormat = (typeof pictureFormats)[number]

/**
 * `file` is absolute, `path` its decoded path in the content folder; `art` is what fallback art follows
 * from. `width` in pixels.
 */
export type ScaleRequest = { width: number; format: PictureFormat } & (
  | { file: string; path: string }
  | { art: FallbackArt }
)

/** After this time, in s, a picture that is still being made is given up. */
const timeLimit = { seconds: 15 }

/**
 * Runs in a thread of its own: a picture of the content folder scaled to a width, upright, without
 * what cameras write into files, and never larger than the original; or fallback art in a width. Throws
 * when the file is not what its name says or is too large, also when it was exchanged since the index
 * read it.
 */
answerCalls(
  async (request: ScaleRequest): Promise<Uint8Array> => {
    const { width, format } = request
    const picture = 'art' in request ? drawArt(request.art, width) : await openPicture(request)
    const scaled = picture.resize({ width, withoutEnlargement: true }).timeout(timeLimit)
    const image =
      format === 'avif'
        ? scaled.avif({ quality: 55, effort: 2 })
        : format === 'webp'
          ? scaled.webp({ quality: 78 })
          : scaled.flatten({ background: '#fff' }).jpeg({ quality: 80, mozjpeg: true })
    return new Uint8Array(await image.toBuffer())
  },
  (image) => [image.buffer as ArrayBuffer],
)

/** At 72 dots an inch a drawing is 96 pixels wide. */
const drawArt = ({ slug, category }: FallbackArt, width: number) =>
  sharp(Buffer.from(drawFallbackArt(slug, category)), { density: (72 * width) / 96 })

async function openPicture({ file, path }: { file: string; path: string }) {
  const bytes = await readPicture(file)
  await parsePicture({ path, bytes })
  return sharp(bytes, { limitInputPixels: maxPicturePixels }).autoOrient()
}

/** Follows no link and waits for no pipe. */
async function readPicture(file: string): Promise<Uint8Array> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    const stats = await handle.stat()
    if (!stats.isFile() || stats.size > maxPictureBytes) throw new Error('no picture of that size')
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}
