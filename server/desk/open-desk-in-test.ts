import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { request as ask } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openEditorIndex } from '#lib/article-index/editor-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { indexPath } from '#lib/article-index/store/database-file.ts'
import { syncArticles } from '#lib/content-sync/sync.ts'
import { openAccounts, type Role } from '#lib/desk/accounts.ts'
import { openDesk } from '#lib/desk/open-desk.ts'
import { compileBody } from '#lib/markdown/compile-body.ts'
import { silentLog } from '#lib/node/log.ts'
import { toDeskPolicy } from '../http/content-security-policy.ts'
import { sendSentence } from '../http/send.ts'
import { serveInTest } from '../http/serve-in-test.ts'
import { createDesk } from './desk.ts'
import type { DeskParts } from './desk-parts.ts'
import { createFrame } from './frame.ts'
import { createPasskeys } from './passkeys.ts'
import { listDeskRoutes } from './start-desk.ts'

/** For tests: a desk behind the door of the site, whose other addresses are all the same 404. */
export function openDeskInTest(
  origin = 'https://desk.example',
  { askModel }: { askModel?: DeskParts['askModel'] } = {},
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'dateline-desk-'))
  const accounts = openAccounts({ dataDir, log: silentLog })
  onTestFinished(() => {
    written.close()
    engine.close()
    accounts.close()
    rmSync(dataDir, { recursive: true })
  })
  const env = { origin, hasOwnHost: false }
  const contentDir = join(dataDir, 'content')
  mkdirSync(contentDir)
  const engine = openDesk({
    contentDir,
    dataDir,
    historyBytes: 1024 * 1024,
    commits: false,
    now: () => new Date('2026-11-30T12:00:00Z'),
    log: silentLog,
  })
  const written = openArticleIndex({ dataDir, now: engine.now })
  const sync = () => syncArticles(written, { contentDir })
  const published: string[] = []
  const parts: DeskParts = {
    desk: engine,
    index: openEditorIndex(indexPath(dataDir), engine.now),
    dataDir,
    siteUrl: 'https://paper.example',
    askModel,
    async publish(paths) {
      published.push(...paths)
      await sync()
      return true
    },
    compileBody: async (request) => compileBody(request),
    renderPreview: async ({ bytes }) => ({ html: new TextDecoder().decode(bytes), policy: 'p' }),
  }
  const passkeys = createPasskeys({ accounts, origin, siteName: 'Dateline' })
  const routes = listDeskRoutes({ parts, env, accounts, passkeys })
  const listNoted = () =>
    engine.auditLog.list().map(({ by, action, detail }) => `${by} ${action} ${detail}`.trim())
  const desk = createDesk({
    env,
    accounts,
    routes,
    frame: createFrame({
      files: { script: '/_next/static/desk/desk.js', style: '/_next/static/desk/desk.css' },
      siteUrl: 'https://paper.example',
    }),
    toPolicy: toDeskPolicy,
  })
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
  const { port, server } = serveInTest([
    { name: 'desk', methods, find: desk.find },
    { name: 'page', find: () => (exchange) => sendSentence(exchange, 404, 'Page not found.') },
  ])
  const host = new URL(origin).host
  const cookieName = origin.startsWith('https:') ? '__Host-desk' : 'desk-on-localhost'

  type Sent = { token?: string; body?: string; headers?: Record<string, string> }
  type Received = { status: number; headers: Record<string, unknown>; text: string }

  /** A request as a browser or a proxy sends it; a POST has the desk's origin unless told otherwise. */
  function open(method: string, path: string, { token, body = '', headers = {} }: Sent) {
    let sent: ReturnType<typeof ask> | undefined
    const received = new Promise<Received>((resolve, reject) => {
      sent = ask(
        {
          port,
          host: '127.0.0.1',
          method,
          path,
          headers: {
            host,
            ...(token === undefined ? {} : { cookie: `${cookieName}=${token}` }),
            ...(method === 'POST' && {
              origin,
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': Buffer.byteLength(body),
            }),
            ...headers,
          },
        },
        (response) => {
          let text = ''
          response.on('data', (chunk) => (text += chunk))
          response.on('end', () => {
            const { date: _, ...rest } = response.headers
            resolve({ status: response.statusCode ?? 0, headers: rest, text })
          })
        },
      )
      sent.on('error', reject)
    })
    return { sent, received }
  }

  function send(method: string, path: string, options: Sent = {}): Promise<Received> {
    const { sent, received } = open(method, path, options)
    sent?.end(options.body ?? '')
    return received
  }

  /** A POST whose body waits for `finish`; resolves when the server has begun to read it. */
  async function sendSlowly(path: string, options: Sent) {
    const { sent, received } = open('POST', path, options)
    const begun = once(server, 'request')
    sent?.flushHeaders()
    await begun
    return {
      finish() {
        sent?.end(options.body)
        return received
      },
    }
  }

  function signIn(role: Role) {
    const user = accounts.createUser({ name: `The ${role}`, role, language: 'en' })
    return { user, token: accounts.startSession(user.id) }
  }
  return {
    accounts,
    routes,
    send,
    sendSlowly,
    signIn,
    listNoted,
    cookieName,
    contentDir,
    dataDir,
    published,
    sync,
  }
}
