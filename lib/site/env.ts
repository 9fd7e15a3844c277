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
  FRAMEWORK_RUNTIME: z
    .enum(['strip', 'keep'])
    .default('strip')
    .describe(
      'Whether pages for reading are sent without the client scripts of the framework (strip) or with them (keep), to tell what they cost or to look for a fault. With them, inline scripts have to be allowed.',
    ),
  PREVIEW_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Signs the links to previews of unpublished articles. Of at least 16 characters. When it is not set, a random one is kept in the file secret of DATA_DIR.',
    ),
  AI_CRAWLERS: z
    .enum(['allow', 'deny'])
    .default('allow')
    .describe(
      'Whether robots.txt lets crawlers that collect texts for language models in: allow or deny. Search engines are not meant.',
    ),
  SECURITY_CONTACT: z
    .string()
    .regex(/^(?:https:\/\/\S+|(?:mailto:)?[^\s@:/]+@[^\s@:/]+)$/)
    .optional()
    .describe(
      'Whom to tell of a weakness: an e-mail address or an https page. Opens /.well-known/security.txt, which is not there without it.',
    ),
  WEBSUB_HUB_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'The WebSub hub that is told of what is published and that feeds name to their subscribers, such as https://pubsubhubbub.appspot.com/. Nobody is told without it.',
    ),
  INDEXNOW_KEY: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,128}$/)
    .optional()
    .describe(
      'Has IndexNow told of what is published; 8 to 128 letters, digits and hyphens, which stand in the file of that name at the root. Nobody is told without it.',
    ),
  INDEXNOW_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .default('https://api.indexnow.org/indexnow')
    .describe('Where IndexNow is told: a search engine that shares what it hears with the others.'),
  LOG_FORMAT: z
    .enum(['text', 'json'])
    .default('text')
    .describe('How the server logs: lines for people, or one JSON object a line for collectors.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('The lowest level that is logged: debug, info, warn or error.'),
  PUBLISH_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, { error: 'too short, or with other characters' })
    .optional()
    .describe(
      'Allows to publish with POST /api/publish, which is not there without it. At least 16 printable ASCII characters without spaces.',
    ),
})

/** Never shown, not even when it is wrong. */
const isSecret = (name: string) => name.endsWith('_SECRET')

/** The settings of a running site, from its environment. Folders are absolute paths. */
export type SiteEnv = {
  port: number
  host: string
  /** An origin without a trailing slash. */
  siteUrl: string
  contentDir: string
  dataDir: string
  pageCacheBytes: number
  frameworkRuntime: 'strip' | 'keep'
  previewSecret: string | undefined
  publishSecret: string | undefined
  aiCrawlers: 'allow' | 'deny'
  /** A `mailto:` or https URI. */
  securityContact: string | undefined
  websubHubUrl: string | undefined
  indexNowKey: string | undefined
  indexNowEndpoint: string
  logFormat: 'text' | 'json'
  logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/**
 * Reads the environment once, at the door. An empty variable counts as not set.
 * Throws an `Error` whose message names every wrong variable, its meaning, and its value unless that is
 * a secret.
 */
export function parseSiteEnv(environment: Record<string, string | undefined>): SiteEnv {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (!result.success) {
    const sentences = result.error.issues.map(({ path, message }) => {
      const name = String(path[0]) as keyof typeof schema.shape
      const value = isSecret(name) ? 'set but not usable' : JSON.stringify(given[name])
      return `${name} is ${value}: ${message}. ${schema.shape[name].description}`
    })
    throw new Error(sentences.join('\n'))
  }
  const { PORT, HOST, SITE_URL, CONTENT_DIR, DATA_DIR, PAGE_CACHE_MB } = result.data
  const { PREVIEW_SECRET, PUBLISH_SECRET } = result.data
  return {
    port: PORT,
    host: HOST,
    siteUrl: new URL(SITE_URL ?? `http://localhost:${PORT}`).origin,
    contentDir: resolve(CONTENT_DIR),
    dataDir: resolve(DATA_DIR),
    pageCacheBytes: PAGE_CACHE_MB * 1024 * 1024,
    frameworkRuntime: result.data.FRAMEWORK_RUNTIME,
    previewSecret: PREVIEW_SECRET,
    publishSecret: PUBLISH_SECRET,
    aiCrawlers: result.data.AI_CRAWLERS,
    securityContact: toContactUri(result.data.SECURITY_CONTACT),
    websubHubUrl: result.data.WEBSUB_HUB_URL,
    indexNowKey: result.data.INDEXNOW_KEY,
    indexNowEndpoint: result.data.INDEXNOW_ENDPOINT,
    logFormat: result.data.LOG_FORMAT,
    logLevel: result.data.LOG_LEVEL,
  }
}

function toContactUri(contact: string | undefined): string | undefined {
  return contact === undefined || /^(?:https|mailto):/.test(contact) ? contact : `mailto:${contact}`
}

let current: SiteEnv | undefined

/** The running site's settings, read from `process.env` on first use. Throws like `parseSiteEnv`. */
export function siteEnv(): SiteEnv {
  current ??= parseSiteEnv(process.env)
  return current
}
