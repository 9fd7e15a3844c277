import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import sharp from 'sharp'
import { maxPictureBytes, maxPicturePixels, parsePicture } from '#lib/content/picture.ts'
import { answerCalls } from '#lib/node/answer-calls.ts'

export const pictureFormats = ['avif', 'webp', 'jpeg'] as const
export type PictureFormat = (typeof pictureFormats)[number]

/** `file` is absolute, `path` its decoded path in the content folder, `width` in pixels. */
export type ScaleRequest = { file: string; path: string; width: number; format: PictureFormat }

/** After this time, in s, a picture that is still being made is given up. */
const timeLimit = { seconds: 15 }

/**
 * Runs in a thread of its own: a picture of the content folder scaled to a width, upright, without
 * what cameras write into files. Never larger than the original. Throws when the file is not what its
 * name says or is too large, also when it was exchanged since the index read it.
 */
answerCalls(
  async ({ file, path, width, format }: ScaleRequest): Promise<Uint8Array> => {
    const bytes = await readPicture(file)
    await parsePicture({ path, bytes })
    const scaled = sharp(bytes, { limitInputPixels: maxPicturePixels })
      .autoOrient()
      .resize({ width, withoutEnlargement: true })
      .timeout(timeLimit)
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
