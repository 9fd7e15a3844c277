import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Where the build lays what it made of the browser modules, under the framework's own folder. */
export const browserBuildFile = 'browser-modules.json'

const schema = z.object({
  firstPaint: z.string().describe('The text of the script that runs before the first paint.'),
  page: z.string().describe('The address of the module that every page fetches after it.'),
  worker: z.string().describe('The text of the service worker.'),
  desk: z
    .object({ script: z.string(), style: z.string() })
    .describe('The addresses of the module and the style sheet that the desk fetches.'),
})

export type BrowserBuild = z.infer<typeof schema>

/** What is served of a build; undefined when it was made without browser modules. */
export async function readBrowserBuild(buildDir: string): Promise<BrowserBuild | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(join(buildDir, browserBuildFile), 'utf8')))
  } catch {
    return undefined
  }
}
