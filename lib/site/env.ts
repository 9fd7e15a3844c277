import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { httpAddress, httpOrigin, listSettings, parseSettings } from './parse-settings.ts'
import { type Environment, paperDir, readEnvironment } from './read-environment.ts'

/** Printable ASCII without spaces: it goes through a header as it is. */
const bearerToken = z
  .string()
  .regex(/^[\x21-\x7e]{16,}$/, { error: 'it is too short, or it has other characters' })

/** A link that is good for longer is a page that somebody forgot. */
export const mostPreviewHours = 24 * 366

const schema = z.object({
  PAPER_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The folder of the publication: `site.config.ts`, `ingest.config.ts`, `content`, `brand` and `.env`, in which this variable therefore has no effect. If it is not set, it is the folder of the engine, which is the sample publication.',
    ),
  PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .default(3000)
    .describe('The TCP port the server listens on.'),
  HOST: z.string().min(1).default('0.0.0.0').describe('The address the server listens on.'),
  SITE_URL: httpOrigin
    .optional()
    .describe(
      'The public origin in absolute URLs, such as https://dateline.example, without a path. The server reads it when it starts, so one build serves any host name. If it is not set, it is http://localhost:PORT.',
    ),
  CONTENT_DIR: z
    .string()
    .min(1)
    .default('content')
    .describe(
      'The folder of Markdown files, from PAPER_DIR. The server only reads it, unless DESK is on; ingest writes to it.',
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe(
      'The folder of everything generated at run time, from PAPER_DIR. You can delete it at any time, but the accounts of the desk, the history of texts and the audit log go with it: back up `accounts.sqlite` and `desk-history.sqlite`.',
    ),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/\S+$/, { error: 'it is not the address of a PostgreSQL database' })
    .optional()
    .describe(
      'The PostgreSQL database (13 or newer) that several machines share, such as postgres://dateline:password@db.example/dateline. If it is not set, the site runs on this machine alone and needs no database.',
    ),
  ROLE: z
    .enum(['all', 'web', 'writer', 'ingest'])
    .default('all')
    .describe(
      'What this machine does where several share a database. all: it serves readers, and follows CONTENT_DIR while no other machine does. web: it serves readers and has no content folder. writer: it follows CONTENT_DIR like all, for editors: previews and publishing, no readers. ingest: `npm start` fetches stories, while no other machine does, and serves nothing. web, writer and ingest need DATABASE_URL.',
    ),
  NODE_NAME: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, {
      error: 'it is longer than 64 characters or has others than letters, digits, and _ . : -',
    })
    .optional()
    .describe(
      'The name under which the other machines and `/health` show this one. If it is not set, it is the name of the host and the port.',
    ),
  PREVIEW_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Signs preview links to unpublished articles; at least 16 characters. Set the same for the server and for `npx dateline preview`. If it is not set, a random one is kept in the file `secret` in DATA_DIR.',
    ),
  PREVIEW_HOURS: z.coerce
    .number()
    .positive()
    .max(mostPreviewHours)
    .default(24)
    .describe(
      'For how many hours a preview link can be opened, if `npx dateline preview` is not given `--hours`. At most 8784, a year.',
    ),
  PUBLISH_SECRET: bearerToken
    .optional()
    .describe(
      'Opens `POST /api/publish` to requests with `Authorization: Bearer <secret>`; at least 16 printable ASCII characters without spaces. Without it the address is a 404.',
    ),
  DESK: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      'on: editors sign in and work at `/desk`, and the server writes to CONTENT_DIR for them. Set it on one machine alone. It needs https, or http on localhost.',
    ),
  DESK_URL: httpOrigin
    .optional()
    .describe(
      'The origin of the desk, such as https://desk.dateline.example, if it is not that of the site: the desk then answers under this host alone, and nothing else does. Recommended: pages of the site and the desk then share neither cookies nor scripts.',
    ),
  METRICS_TOKEN: bearerToken
    .optional()
    .describe(
      'Opens `/metrics` to requests with `Authorization: Bearer <token>`; at least 16 printable ASCII characters without spaces. Without it only this machine can read the metrics.',
    ),
  PAGE_CACHE_MB: z.coerce
    .number()
    .positive()
    .max(1_000_000)
    .default(256)
    .describe(
      'How many megabytes of rendered pages are kept on disk; the least recently used are deleted first. At most 64 MB are held in memory as well.',
    ),
  FRAMEWORK_RUNTIME: z
    .enum(['strip', 'keep'])
    .default('strip')
    .describe(
      'strip: pages for reading are sent without the client scripts of the framework. keep: with them, to measure their cost or to find a fault; the Content-Security-Policy then allows inline scripts.',
    ),
  AI_CRAWLERS: z
    .enum(['allow', 'deny'])
    .default('allow')
    .describe(
      'deny: robots.txt asks crawlers that collect text for language models to stay away, each by its name. It does not affect search engines.',
    ),
  SECURITY_CONTACT: z
    .string()
    .regex(/^(?:https:\/\/\S+|(?:mailto:)?[^\s@:/]+@[^\s@:/]+)$/, {
      error: 'it is neither an e-mail address nor an https page',
    })
    .optional()
    .describe(
      'Where to report a vulnerability: an e-mail address or an https page. It is shown in `/.well-known/security.txt`, which is a 404 without it.',
    ),
  WEBSUB_HUB_URL: httpAddress
    .optional()
    .describe(
      'The WebSub hub that is notified of changed feeds and that feeds name to their subscribers, such as https://pubsubhubbub.appspot.com/. Without it no hub is notified.',
    ),
  INDEXNOW_KEY: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,128}$/, { error: 'it is not a key of IndexNow' })
    .optional()
    .describe(
      'The key under which IndexNow is notified of changed articles: 8 to 128 letters, digits and hyphens. It is public: the server shows it at `/<key>.txt`. Without it IndexNow is not notified.',
    ),
  INDEXNOW_ENDPOINT: httpAddress
    .default('https://api.indexnow.org/indexnow')
    .describe('The address of IndexNow: a search engine that notifies the others.'),
  DESK_HISTORY_MB: z.coerce
    .number()
    .positive()
    .max(1_000_000)
    .default(512)
    .describe(
      'How many megabytes of former texts the history of the content folder may take, compressed. The oldest go first, and never the newest of a file.',
    ),
  DESK_COMMITS: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      'on: each change that the desk makes is also committed, in the name of the editor, where the content folder is in a git checkout.',
    ),
  LOG_FORMAT: z
    .enum(['text', 'json'])
    .default('text')
    .describe('How the server logs: text for people, or json with one object a line.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('The lowest level that is logged: debug, info, warn or error.'),
})

/** What the manual says of the settings below. */
export const listSiteSettings = () => listSettings(schema)

/** Where the desk answers. */
export type DeskEnv = {
  /** Without a trailing slash. */
  origin: string
  /** It has a host of its own, which serves nothing else. */
  hasOwnHost: boolean
}

/** The settings of a running site, from its environment. Folders are absolute paths. */
export type SiteEnv = {
  port: number
  host: string
  /** An origin without a trailing slash. */
  siteUrl: string
  /** SITE_URL is set, so `siteUrl` is not the default. */
  hasSiteUrl: boolean
  paperDir: string
  contentDir: string
  dataDir: string
  pageCacheBytes: number
  frameworkRuntime: 'strip' | 'keep'
  /** Undefined on one machine. */
  databaseUrl: string | undefined
  role: 'all' | 'web' | 'writer' | 'ingest'
  nodeName: string
  previewSecret: string | undefined
  /** For how many hours a preview link can be opened. */
  previewHours: number
  publishSecret: string | undefined
  /** Undefined when there is no desk. */
  desk: DeskEnv | undefined
  metricsToken: string | undefined
  aiCrawlers: 'allow' | 'deny'
  /** A `mailto:` or https URI. */
  securityContact: string | undefined
  websubHubUrl: string | undefined
  indexNowKey: string | undefined
  indexNowEndpoint: string
  /** What the history of texts may take, in bytes. */
  deskHistoryBytes: number
  /** Whether changes of the desk are committed in a git checkout. */
  deskCommits: boolean
  logFormat: 'text' | 'json'
  logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/**
 * The settings of a site from variables; an empty one counts as not set. Throws an `Error` with a
 * sentence for every wrong variable: see `parseSettings`.
 */
export function parseSiteEnv(environment: Environment): SiteEnv {
  const dir = resolve(environment.PAPER_DIR || paperDir())
  const settings = parseSettings(schema, environment)
  const { PORT, HOST, SITE_URL, CONTENT_DIR, DATA_DIR, PAGE_CACHE_MB } = settings
  if (settings.ROLE !== 'all' && settings.DATABASE_URL === undefined) {
    throw new Error(
      `ROLE is "${settings.ROLE}" and DATABASE_URL is not set: only where several machines share a database do they have roles.`,
    )
  }
  if ((settings.ROLE === 'web' || settings.ROLE === 'ingest') && settings.DESK === 'on') {
    throw new Error(
      `DESK is "on" and ROLE is "${settings.ROLE}": the desk is where the content folder is.`,
    )
  }
  const siteUrl = SITE_URL ?? new URL(`http://localhost:${PORT}`).origin
  return {
    port: PORT,
    host: HOST,
    siteUrl,
    hasSiteUrl: SITE_URL !== undefined,
    paperDir: dir,
    contentDir: resolve(dir, CONTENT_DIR),
    dataDir: resolve(dir, DATA_DIR),
    pageCacheBytes: PAGE_CACHE_MB * 1024 * 1024,
    frameworkRuntime: settings.FRAMEWORK_RUNTIME,
    databaseUrl: settings.DATABASE_URL,
    role: settings.ROLE,
    nodeName:
      settings.NODE_NAME ??
      `${hostname()
        .replace(/[^\w.-]/g, '-')
        .slice(0, 50)}:${PORT}`,
    previewSecret: settings.PREVIEW_SECRET,
    previewHours: settings.PREVIEW_HOURS,
    publishSecret: settings.PUBLISH_SECRET,
    desk: settings.DESK === 'on' ? toDeskEnv(siteUrl, settings.DESK_URL) : undefined,
    metricsToken: settings.METRICS_TOKEN,
    aiCrawlers: settings.AI_CRAWLERS,
    securityContact: toContactUri(settings.SECURITY_CONTACT),
    websubHubUrl: settings.WEBSUB_HUB_URL,
    indexNowKey: settings.INDEXNOW_KEY,
    indexNowEndpoint: settings.INDEXNOW_ENDPOINT,
    deskHistoryBytes: settings.DESK_HISTORY_MB * 1024 * 1024,
    deskCommits: settings.DESK_COMMITS === 'on',
    logFormat: settings.LOG_FORMAT,
    logLevel: settings.LOG_LEVEL,
  }
}

/** Passkeys and `Secure` cookies need https; browsers make an exception for this machine. */
function toDeskEnv(siteUrl: string, deskUrl: string | undefined): DeskEnv {
  const origin = deskUrl ?? siteUrl
  if (origin.startsWith('http:') && !isOwnMachine(new URL(origin).hostname)) {
    const name = deskUrl === undefined ? 'SITE_URL' : 'DESK_URL'
    throw new Error(
      `${name} is ${JSON.stringify(origin)}: with DESK=on the desk is served there, and it needs https, or http on localhost.`,
    )
  }
  const hasOwnHost = new URL(origin).host !== new URL(siteUrl).host
  return { origin, hasOwnHost }
}

/** Whether a host name of an address is that of the machine itself. */
export const isOwnMachine = (hostname: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** An e-mail address or an https page as a URI. */
export function toContactUri(contact: string | undefined): string | undefined {
  return contact === undefined || /^(?:https|mailto):/.test(contact) ? contact : `mailto:${contact}`
}

let current: SiteEnv | undefined

/**
 * The settings of this process, `.env` files included; read on the first call. Throws like
 * `readEnvironment` and `parseSiteEnv`.
 */
export function siteEnv(): SiteEnv {
  current ??= parseSiteEnv(readEnvironment())
  return current
}
