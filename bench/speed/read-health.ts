import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { get, type ServerProcess } from './site-process.ts'

const healthSchema = z.object({
  index: z.object({ state: z.enum(['indexing', 'ready']) }),
  pageCache: z.object({ memoryBytes: z.number(), diskBytes: z.number() }),
})

/** What a running site says of itself. Throws when it says something else. */
export async function readHealth(site: ServerProcess): Promise<z.infer<typeof healthSchema>> {
  const { body } = await get(`${site.url}/health`)
  return healthSchema.parse(JSON.parse(body.toString()))
}

/** Waits until every content file is in the index of a running site. */
export async function waitUntilReady(site: ServerProcess): Promise<void> {
  while ((await readHealth(site)).index.state !== 'ready') await wait(100)
}
