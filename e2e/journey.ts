import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test as base } from '@playwright/test'
import { type Site, startSite } from './site.ts'

export { expect } from '@playwright/test'

type Desk = {
  /** Writes a content file, as an editor does. `path` is relative to the content folder. */
  write(path: string, text: string): Promise<void>
  remove(path: string): Promise<void>
}

/**
 * Playwright's `test` with a running site, one for each worker: journeys that run at the same time
 * share nothing. What a journey wrote at its `desk` is gone, from the site too, before the next one.
 */
export const test = base.extend<{ desk: Desk }, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of wanted fixtures here.
    async ({}, use, { parallelIndex }) => {
      const site = await startSite(parallelIndex)
      await use(site)
      await site.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ site }, use) => use(site.url),
  desk: async ({ site }, use) => {
    const written = new Set<string>()
    const locate = (path: string) => join(site.folder, 'content', path)
    await use({
      async write(path, text) {
        written.add(path)
        await mkdir(dirname(locate(path)), { recursive: true })
        await writeFile(locate(path), text)
      },
      remove: (path) => rm(locate(path)),
    })
    for (const path of written) await rm(locate(path), { force: true })
    await publish(site)
  },
})

/** Has the site read its content folder now. */
async function publish({ url, publishSecret }: Site): Promise<void> {
  const headers = { authorization: `Bearer ${publishSecret}` }
  const response = await fetch(`${url}/api/publish`, { method: 'POST', headers })
  if (!response.ok) throw new Error(`Publishing was answered ${response.status}.`)
}
