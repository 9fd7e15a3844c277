import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { createSharedCalls } from '#lib/node/share-calls.ts'
import { writeWhole } from '#lib/node/write-whole.ts'

/** Pictures by a key that names what is on them: letters, digits, `-` and `_`. */
export type ImageStore = {
  /** The picture that is kept; else `make` makes it, once for all who wait for it. */
  obtain(key: string, make: () => Promise<Uint8Array>): Promise<Buffer>
}

/**
 * How much the folders of pictures in the data folder may hold, in bytes: share images and pictures cut
 * for search engines, and pictures of articles in the widths of each place.
 */
export const mostImageBytes = { shareImages: 128 * 1024 * 1024, media: 512 * 1024 * 1024 }

/**
 * Pictures as files of a folder, at most `maxBytes` in all: those unused longest leave first. The
 * folder may be deleted at any time. What cannot be written is not kept.
 */
export function openImageStore({
  folder,
  maxBytes,
}: {
  folder: string
  maxBytes: number
}): ImageStore {
  const locate = (key: string) => join(folder, `${key}.jpg`)
  /** Written since the folder was last looked through. */
  let unseenBytes = Number.POSITIVE_INFINITY
  let lastSweep = Promise.resolve()

  async function sweep(): Promise<void> {
    unseenBytes = 0
    const files = await Promise.all(
      (await readdir(folder)).map(async (name) => {
        const file = join(folder, name)
        const { size, mtimeMs } = await stat(file)
        return { file, size, mtimeMs }
      }),
    )
    let bytes = files.reduce((sum, { size }) => sum + size, 0)
    for (const { file, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (bytes <= maxBytes) return
      await rm(file, { force: true })
      bytes -= size
    }
  }

  async function find(key: string): Promise<Buffer | undefined> {
    try {
      const image = await readFile(locate(key))
      const now = new Date()
      utimes(locate(key), now, now).catch(() => undefined)
      return image
    } catch {
      return undefined
    }
  }

  async function write(key: string, image: Buffer): Promise<void> {
    try {
      await writeWhole(locate(key), image, { isShared: true })
      unseenBytes += image.length
      // The folder may grow by an eighth before it is looked through again.
      if (unseenBytes < maxBytes / 8) return
      lastSweep = lastSweep.then(sweep).catch(() => undefined)
      await lastSweep
    } catch {
      // A full or missing disk costs a drawing each time and nothing else.
    }
  }

  const share = createSharedCalls<Buffer>()
  return {
    obtain: (key, make) =>
      share(key, async () => {
        const kept = await find(key)
        if (kept) return kept
        const image = Buffer.from(await make())
        await write(key, image)
        return image
      }),
  }
}
