import { mkdir, open, rename, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** How editors and tools write files: whole, in place, in steps, moved. Missing folders are created. */

export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

/** As careful editors and `rsync` do: a file beside it, renamed into place. */
export async function putInPlace(file: string, text: string): Promise<void> {
  const beside = join(dirname(file), `.${basename(file)}.tmp`)
  await writeWhole(beside, text)
  await rename(beside, file)
}

/** First something else, then the text; the pause between them in ms. */
export async function writeInSteps(
  file: string,
  { beginning, text, pause }: { beginning: string; text: string; pause: number },
): Promise<void> {
  await writeWhole(file, beginning)
  await wait(pause)
  await writeWhole(file, text)
}

/** Over the former bytes and with the former time of change, as `rsync --times --inplace` may. */
export async function overwriteUnseen(file: string, text: string): Promise<void> {
  const { atime, mtime } = await stat(file)
  const handle = await open(file, 'r+')
  try {
    await handle.write(text)
    await handle.truncate(Buffer.byteLength(text))
    await handle.utimes(atime, mtime)
  } finally {
    await handle.close()
  }
}

export async function moveFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
}
