import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import {
  type Accounts,
  mayActAs,
  type Role,
  type Session,
  sessionTimes,
  type User,
} from '#lib/desk/accounts.ts'
import {
  type DeskLanguage,
  type DeskWords,
  deskWordsFor,
  preferredLanguage,
} from '#lib/i18n/desk-words.ts'
import { type DeskEnv, isOwnMachine } from '#lib/site/env.ts'
import type { Address } from '../http/address.ts'
import { clientAddressOf, toNetwork } from '../http/client-address.ts'
import { cacheControl } from '../http/headers.ts'
import { readBody } from '../http/read-body.ts'
import { type Answer, type Endpoint, type Exchange, send, sendSentence } from '../http/send.ts'
import { type Html, html } from './html.ts'
import { createRateLimit } from './rate-limit.ts'

/** What a stranger or a user asks of the desk. Bodies are empty unless the method is POST. */
export type Visit = {
  exchange: Exchange
  /** What `*` in the route's path stands for: decoded, with slashes. */
  rest: string
  query: URLSearchParams
  /** The fields of a form. */
  form: URLSearchParams
  /** The body as it came, and its type without parameters. */
  body: Buffer
  contentType: string
  /** The address that the request comes from, for the audit log. */
  from: string
  language: DeskLanguage
  words: DeskWords
}

/** The same of somebody who is signed in. */
export type SignedVisit = Visit & { user: User; session: Session; token: string }

/** What a route answers. `session` starts one with a token, or ends this one. */
export type Reply = { session?: { start: string } | 'end' } & (
  | { kind: 'page'; title: string; body: Html; status?: number }
  /** To an address of ours, by GET. */
  | { kind: 'redirect'; to: string }
  | { kind: 'json'; value: object; status?: number }
  /** A document of its own, such as an export or a preview. */
  | {
      kind: 'document'
      status?: number
      contentType: string
      body: string | Buffer
      headers?: Record<string, string>
    }
)

type AnyRoute = {
  method: 'GET' | 'POST'
  /** Below `/desk`; a `*` at its end stands for one segment or more. */
  path: string
  /** Of the body, in bytes. The default is 64 KB. */
  mostBytes?: number
}

/** For who is signed in with this role or a greater one. */
type LockedRoute = AnyRoute & {
  role: Role
  answer: (visit: SignedVisit) => Reply | Promise<Reply>
}

/** For strangers as well. */
export type OpenRoute = AnyRoute & {
  role: 'anyone'
  /**
   * Whether there is anything at this address; where there is not, it is an ordinary 404. Left out: at
   * the desk's host there is.
   */
  isThere?: (asked: { rest: string; request: IncomingMessage; isAtDesk: boolean }) => boolean
  answer: (visit: Visit) => Reply | Promise<Reply>
}

/**
 * A row of the table of everything that the desk answers. A route that does not say who may use it
 * does not compile.
 */
export type DeskRoute = LockedRoute | OpenRoute

const isOpen = (route: DeskRoute): route is OpenRoute => route.role === 'anyone'

/** How the desk's pages look: the frame around what a route answers. */
export type Frame = (page: {
  title: string
  body: Html
  nonce: string
  words: DeskWords
  language: DeskLanguage
  user: User | undefined
  path: string
}) => string

/** Of the body of a change. */
const usualBytes = 64 * 1024

/** Changes by one session, and attempts to sign in from one address, in a minute. */
const mostChanges = 300
const mostAttempts = 60

/**
 * The desk: finds what answers an address below `/desk` for whoever asks. To who is not signed in,
 * nothing is there but the sign-in and links that are good: `find` answers undefined, and the address
 * is the ordinary 404 of whoever comes next in the table of routes.
 */
export function createDesk({
  env: { origin },
  accounts,
  routes,
  frame,
  toPolicy,
  now = () => new Date(),
}: {
  env: DeskEnv
  accounts: Pick<Accounts, 'findSession'>
  routes: readonly DeskRoute[]
  frame: Frame
  /** The Content-Security-Policy for the nonce of one answer. */
  toPolicy: (nonce: string) => string
  now?: () => Date
}) {
  const { host, protocol } = new URL(origin)
  const isSecure = protocol === 'https:'
  const cookie = toCookieName(isSecure)
  const changes = createRateLimit({ most: mostChanges, perMilliseconds: 60_000, now })
  const attempts = createRateLimit({ most: mostAttempts, perMilliseconds: 60_000, now })

  const isAtDesk = (request: IncomingMessage) => request.headers.host === host

  function findVisitor(request: IncomingMessage): { session: Session; token: string } | undefined {
    const token = readCookie(request, cookie)
    const session = token === undefined ? undefined : accounts.findSession(token)
    return token !== undefined && session ? { session, token } : undefined
  }

  function find(address: Address, request: IncomingMessage): Endpoint | undefined {
    if (address.segments[0] !== 'desk') return undefined
    const below = address.segments.slice(1)
    const matching = routes.flatMap((route) => {
      const rest = matchPath(route.path, below)
      return rest === undefined ? [] : [{ route, rest }]
    })
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const found = matching.find(({ route }) => route.method === method)
    if (found && isOpen(found.route)) return findOpen(found.route, found.rest, request)
    const visitor = isAtDesk(request) ? findVisitor(request) : undefined
    if (!visitor) return undefined
    const { user } = visitor.session
    if (!found) {
      const status = matching.length > 0 ? 405 : 404
      return (exchange) => sendProblem(exchange, user, status)
    }
    const { route, rest } = found
    if (isOpen(route) || !mayActAs(user.role, route.role)) {
      return (exchange) => sendProblem(exchange, user, 403)
    }
    return async (exchange) => {
      if (method === 'POST' && !changes.take(visitor.session.id)) return sendTooMany(exchange)
      const visit = await readVisit(exchange, route, rest, user)
      if (!visit) return
      // A body may take a minute to arrive: meanwhile the session may have ended, or have a lesser role.
      const latest = findVisitor(request)
      if (!latest || !mayActAs(latest.session.user.role, route.role)) {
        return sendRefusal(exchange, 403, 'You may not do this any more.')
      }
      const signed = { ...visit, ...latest, user: latest.session.user }
      sendReply(exchange, await route.answer(signed), visit, signed.user)
    }
  }

  function findOpen(
    route: OpenRoute,
    rest: string,
    request: IncomingMessage,
  ): Endpoint | undefined {
    const asked = { rest, request, isAtDesk: isAtDesk(request) }
    if (!(route.isThere?.(asked) ?? asked.isAtDesk)) return undefined
    return async (exchange) => {
      if (route.method === 'POST' && !attempts.take(toNetwork(clientOf(request)))) {
        return sendTooMany(exchange)
      }
      const visit = await readVisit(exchange, route, rest, undefined)
      if (visit) sendReply(exchange, await route.answer(visit), visit, undefined)
    }
  }

  /** Undefined when the request was refused, and is answered. */
  async function readVisit(
    exchange: Exchange,
    route: DeskRoute,
    rest: string,
    user: User | undefined,
  ): Promise<Visit | undefined> {
    const { request, address } = exchange
    const language = user?.language ?? preferredLanguage(request.headers['accept-language'])
    const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
    let body: Buffer = Buffer.alloc(0)
    if (route.method === 'POST') {
      if (!isFromOurPage(request, origin)) {
        const own = `The desk is at ${origin}/desk: a change is taken from its own pages alone.`
        sendRefusal(exchange, 403, own)
        return undefined
      }
      const read = await readBody(request, route.mostBytes ?? usualBytes)
      if (!read) {
        sendRefusal(exchange, 413, 'That is more than is taken here.')
        return undefined
      }
      body = read
    }
    const isForm = contentType === 'application/x-www-form-urlencoded'
    return {
      exchange,
      rest,
      query: new URLSearchParams(address.search),
      form: new URLSearchParams(isForm ? body.toString() : ''),
      body,
      contentType,
      from: clientOf(request),
      language,
      words: deskWordsFor(language),
    }
  }

  function sendReply(
    exchange: Exchange,
    reply: Reply,
    shown: Pick<Visit, 'language' | 'words'>,
    user: User | undefined,
  ): void {
    const { status = 200, headers, body } = toAnswer(reply, shown, user, exchange.address.path)
    const { session } = reply
    const cookies = session ? { 'set-cookie': toCookie(cookie, session, isSecure) } : {}
    send(exchange, { status, headers: { ...privateHeaders, ...cookies, ...headers }, body })
  }

  function toAnswer(
    reply: Reply,
    { language, words }: Pick<Visit, 'language' | 'words'>,
    user: User | undefined,
    path: string,
  ): Partial<Answer> {
    switch (reply.kind) {
      case 'redirect':
        return { status: 303, headers: { location: reply.to } }
      case 'json': {
        const headers = { 'content-type': 'application/json; charset=utf-8' }
        return { status: reply.status, headers, body: JSON.stringify(reply.value) }
      }
      case 'document': {
        const { contentType, headers, body, status } = reply
        return { status, headers: { 'content-type': contentType, ...headers }, body }
      }
      case 'page': {
        const nonce = randomBytes(16).toString('base64')
        const { title, body, status } = reply
        return {
          status,
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': toPolicy(nonce),
          },
          body: frame({ title, body, nonce, words, language, user, path }),
        }
      }
    }
  }

  function sendProblem(exchange: Exchange, user: User, status: 403 | 404 | 405): void {
    const { language } = user
    const words = deskWordsFor(language)
    const title = { 403: words.notAllowed, 404: words.notFound, 405: words.notFound }[status]
    const body = html`<h1>${title}</h1><p><a href="/desk">${words.backToDesk}</a></p>`
    // A body that nobody reads must not hold the connection.
    exchange.response.shouldKeepAlive = false
    sendReply(exchange, { kind: 'page', title, body, status }, { language, words }, user)
  }

  return { find, isAtDesk }
}

export type Desk = ReturnType<typeof createDesk>

/** For one user, now: nobody keeps it. A form needs its origin in the header, so `no-referrer` is none. */
const privateHeaders = {
  'cache-control': cacheControl.personal,
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'same-origin',
} as const

/** The decoded rest below a pattern; empty for one without `*`, undefined when it does not match. */
function matchPath(pattern: string, below: readonly string[]): string | undefined {
  const parts = pattern.split('/').slice(1)
  const isOpen = parts.at(-1) === '*'
  const fixed = isOpen ? parts.slice(0, -1) : parts.filter((part) => part !== '')
  if (isOpen ? below.length <= fixed.length : below.length !== fixed.length) return undefined
  if (fixed.some((part, at) => part !== below[at])) return undefined
  return below.slice(fixed.length).join('/')
}

/**
 * A `__Host-` cookie is sent to this host alone, over https. Not every browser takes one over plain http,
 * which is possible on this machine alone: there the cookie has another name and no `Secure`.
 */
const toCookieName = (isSecure: boolean) => (isSecure ? '__Host-desk' : 'desk-on-localhost')

function toCookie(name: string, session: { start: string } | 'end', isSecure: boolean): string {
  const [value, seconds] =
    session === 'end' ? ['', 0] : [session.start, Math.floor(sessionTimes.most / 1000)]
  const secure = isSecure ? '; Secure' : ''
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}

/** Undefined where there is none, or more than one: of two, one was put there by somebody else. */
function readCookie({ headers }: IncomingMessage, name: string): string | undefined {
  const values = (headers.cookie ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
  return values.length === 1 ? values[0] : undefined
}

/**
 * Browsers name the origin of the page that sends a form or a script's request; a page cannot forge it.
 * It is the desk's, or for the first link that of this machine under the name that it was asked by.
 */
function isFromOurPage(request: IncomingMessage, deskOrigin: string): boolean {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return origin === deskOrigin || (isFromThisMachine(request) && origin === `http://${host}`)
}

/** For the audit log, and for limits. */
const clientOf = (request: IncomingMessage): string =>
  clientAddressOf(request) ?? request.socket.remoteAddress?.replace('::ffff:', '') ?? ''

const isLoopback = (address: string) =>
  address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address)

/** What proxies add to a request that they pass on: no browser sends any of these. */
const forwardingHeader =
  /forwarded|(?:real|client|connecting)-?ip$|^(?:via|cdn-loop|front-end-https)$|^cf-|^x-(?:amzn|azure|envoy|original|scheme|cluster)-?/

/** Whether a request was made on this machine itself, by its own name, and passed on by nobody. */
export function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    URL.canParse(`http://${headers.host}`) &&
    isOwnMachine(new URL(`http://${headers.host}`).hostname) &&
    !Object.keys(headers).some((name) => forwardingHeader.test(name))
  )
}

/** What the client may still be sending is not waited for. */
function sendRefusal(exchange: Exchange, status: number, sentence: string): void {
  sendSentence(exchange, status, sentence, { ...privateHeaders, connection: 'close' })
}

const sendTooMany = (exchange: Exchange) =>
  sendRefusal(exchange, 429, 'That was too often. Please try again in a minute.')
