import { resolve } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .default(3000)
    .describe('The TCP port the server listens on.'),
  HOST: z.string().min(1).default('0.0.0.0').describe('The address the server listens on.'),
  SITE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'The public origin used in every absolute URL, such as https://dateline.example. Read when the server starts; http://localhost:PORT when it is not set.',
    ),
  CONTENT_DIR: z
    .string()
    .min(1)
    .default('content')
    .describe('The folder of Markdown files. Read, never written, by the server.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe('The folder of everything generated at run time. It may be deleted at any time.'),
  PAGE_CACHE_MB: z.coerce
    .number()
    .positive()
    .default(256)
    .describe(
      'How many megabytes of rendered pages are kept on disk; the longest unused leave first. At most 64 of them are held in memory as well.',
    ),
})

/** The settings of a running site, from its environment. Folders are absolute paths. */
export type SiteEnv = {
  port: number
  host: string
  /** An origin without a trailing slash. */
  siteUrl: string
  contentDir: string
  dataDir: string
  pageCacheBytes: number
}

/**
 * Reads the environment once, at the door. An empty variable counts as not set.
 * Throws an `Error` whose message names every wrong variable, its value and its meaning.
 */
export function parseSiteEnv(environment: Record<string, string | undefined>): SiteEnv {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (!result.success) {
    const sentences = result.error.issues.map(({ path, message }) => {
      const name = String(path[0]) as keyof typeof schema.shape
      return `${name} is ${JSON.stringify(given[name])}: ${message}. ${schema.shape[name].description}`
    })
    throw new Error(sentences.join('\n'))
  }
  const { PORT, HOST, SITE_URL, CONTENT_DIR, DATA_DIR, PAGE_CACHE_MB } = result.data
  return {
    port: PORT,
    host: HOST,
    siteUrl: new URL(SITE_URL ?? `http://localhost:${PORT}`).origin,
    contentDir: resolve(CONTENT_DIR),
    dataDir: resolve(DATA_DIR),
    pageCacheBytes: PAGE_CACHE_MB * 1024 * 1024,
  }
}

let current: SiteEnv | undefined

/** The running site's settings, read from `process.env` on first use. Throws like `parseSiteEnv`. */
export function siteEnv(): SiteEnv {
  current ??= parseSiteEnv(process.env)
  return current
}
