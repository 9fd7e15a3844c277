import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test as base } from '@playwright/test'

export { expect } from '@playwright/test'

type Desk = {
  /** Writes a content file, as an editor does. `path` is relative to the content folder. */
  write(path: string, text: string): Promise<void>
  remove(path: string): Promise<void>
}

/** Playwright's `test`, with the content folder of the running site at hand. */
export const test = base.extend<{ desk: Desk }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of wanted fixtures here.
  desk: async ({}, use) => {
    const written = new Set<string>()
    const locate = (path: string) => join(process.env.E2E_FOLDER ?? '', 'content', path)
    await use({
      async write(path, text) {
        written.add(path)
        await mkdir(dirname(locate(path)), { recursive: true })
        await writeFile(locate(path), text)
      },
      remove: (path) => rm(locate(path)),
    })
    for (const path of written) await rm(locate(path), { force: true })
  },
})
