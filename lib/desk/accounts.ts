import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { type DeskLanguage, isDeskLanguage } from '#lib/i18n/desk-words.ts'
import type { Log } from '#lib/node/log.ts'
import {
  createTransact,
  numberOf,
  openDatabase,
  optionalTextOf,
  type Row,
  textOf,
} from '#lib/node/sqlite.ts'
import { accountsPath } from './open-desk.ts'

/** What a user may do, from least to most: each role may do what those before it may. */
export const roles = ['writer', 'editor', 'owner'] as const
export type Role = (typeof roles)[number]

export const isRole = (value: unknown): value is Role => roles.some((role) => role === value)

/** Whether somebody with the role `has` may do what needs the role `needed`. */
export const mayActAs = (has: Role, needed: Role): boolean =>
  roles.indexOf(has) >= roles.indexOf(needed)

/** Somebody who may sign in to the desk. Instants are UTC. */
export type User = {
  id: string
  name: string
  role: Role
  language: DeskLanguage
  createdAt: string
  /** When a session of theirs was last used; undefined before the first one. */
  seenAt: string | undefined
}

/** A public key that signs a user in, by WebAuthn. `id` is the credential's, in base64url. */
export type Passkey = {
  id: string
  userId: string
  publicKey: Uint8Array<ArrayBuffer>
  /** How often it has signed, as far as the authenticator counts. */
  counter: number
  transports: string[]
  /** The host that it is for (RP ID). */
  rpId: string
  createdAt: string
  usedAt: string | undefined
}

/**
 * What a link may do, once. `first`: become the first owner, from this machine. `invitation`: become a
 * new user with a role. `device`: sign in as a user who is there, to add a passkey on another device.
 */
export type SignInLink =
  | { kind: 'first' }
  | { kind: 'invitation'; role: Role }
  | { kind: 'device'; userId: string }

export type PendingLink = SignInLink & {
  /** Names the link in lists. It does not open anything. */
  id: string
  createdBy: string | undefined
  expiresAt: string
}

/** A session of a user. `id` names it in lists and does not open anything. */
export type Session = { id: string; user: User; createdAt: string; seenAt: string }

/** A change of accounts that is not possible. Its message is a key of the desk's dictionary. */
export class AccountsError extends Error {
  override name = 'AccountsError'
  readonly reason: 'last-owner' | 'no-user' | 'no-name' | 'name-taken' | 'passkey-known'
  constructor(reason: AccountsError['reason']) {
    super(`The accounts cannot be changed: ${reason}`)
    this.reason = reason
  }
}

/** A session ends after this long without a request, and after this long in any case, in ms. */
export const sessionTimes = { idle: 7 * 24 * 3600_000, most: 30 * 24 * 3600_000 }

/** For how long links are good, in ms. The first one is for whoever has just started the server. */
export const linkTimes = {
  first: 24 * 3600_000,
  invitation: 3 * 24 * 3600_000,
  device: 15 * 60_000,
} satisfies Record<SignInLink['kind'], number>

/** `seenAt` of a session is written at most this often, in ms. */
const seenEvery = 60_000

const longestName = 80

/**
 * Who may use the desk: users, their passkeys, their sessions, and links that have not been used, in
 * one SQLite file in the data folder, which only its owner can read. Tokens of sessions and links are
 * 256 random bits; only their SHA-256 is stored, so the file opens nothing by itself. Throws when the
 * file cannot be opened; a damaged one is set aside under another name and a new one begun.
 */
export function openAccounts({
  dataDir,
  log,
  now = () => new Date(),
}: {
  dataDir: string
  log: Log
  now?: () => Date
}) {
  const file = accountsPath(dataDir)
  const db = openDatabase({
    file,
    version: 1,
    create,
    synchronous: 'NORMAL',
    busyTimeoutMs: 5000,
    pragmas: 'PRAGMA foreign_keys = ON;',
    whenUnusable: 'set aside',
    onUnusable: (reason) =>
      log.error(`The accounts of the desk cannot be used and were set aside: ${reason}`, { file }),
  })
  const transact = createTransact(db)
  const at = (milliseconds = 0) => new Date(now().getTime() + milliseconds).toISOString()

  const statements = {
    users: db.prepare(`${selectUser} GROUP BY user.id ORDER BY user.created_at, user.id`),
    user: db.prepare(`${selectUser} WHERE user.id = ? GROUP BY user.id`),
    owners: db.prepare(`SELECT count(*) AS number FROM user WHERE role = 'owner'`),
    session: db.prepare(
      `SELECT token_hash, user_id, created_at, seen_at FROM session
       WHERE token_hash = ? AND expires_at > ? AND seen_at > ?`,
    ),
    seen: db.prepare('UPDATE session SET seen_at = ? WHERE token_hash = ?'),
    link: db.prepare('SELECT * FROM link WHERE token_hash = ? AND expires_at > ?'),
    links: db.prepare('SELECT * FROM link WHERE expires_at > ? ORDER BY expires_at'),
    passkey: db.prepare('SELECT * FROM passkey WHERE id = ?'),
    passkeys: db.prepare('SELECT * FROM passkey WHERE user_id = ? ORDER BY created_at, id'),
  }

  function findUser(id: string): User | undefined {
    const row = statements.user.get(id)
    return row && toUser(row)
  }

  function requireUser(id: string): User {
    const user = findUser(id)
    if (!user) throw new AccountsError('no-user')
    return user
  }

  const countOwners = () => numberOf(statements.owners.get() ?? {}, 'number')

  function createUser({
    name,
    role,
    language,
  }: {
    name: string
    role: Role
    language: DeskLanguage
  }): User {
    const id = randomUUID()
    db.prepare(
      'INSERT INTO user (id, name, role, language, created_at) VALUES (?, ?, ?, ?, ?)',
    ).run(id, cleanName(name), role, language, at())
    return requireUser(id)
  }

  /**
   * History, audit log and reviews identify people by name. Throws an `AccountsError` where somebody
   * else has this one, in whatever case or form of Unicode.
   */
  function requireFreeName(name: string, userId?: string): void {
    const wanted = toComparable(cleanName(name))
    const others = statements.users.all().map(toUser)
    if (others.some((one) => one.id !== userId && toComparable(one.name) === wanted)) {
      throw new AccountsError('name-taken')
    }
  }

  /** Voids the links that a user has made for others. */
  const removeLinksMadeBy = (userId: string) =>
    db.prepare('DELETE FROM link WHERE created_by = ?').run(userId)

  /** Makes a link and returns its token, which is not stored. */
  function createLink(link: SignInLink, createdBy?: string): string {
    const token = makeToken()
    transact(() => {
      db.prepare('DELETE FROM link WHERE expires_at <= ?').run(at())
      // Each start prints a new first link: those before it are void.
      if (link.kind === 'first') db.prepare(`DELETE FROM link WHERE kind = 'first'`).run()
      db.prepare(
        `INSERT INTO link (token_hash, kind, role, user_id, created_by, expires_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      ).run(
        toHash(token),
        link.kind,
        link.kind === 'invitation' ? link.role : null,
        link.kind === 'device' ? link.userId : null,
        createdBy ?? null,
        at(linkTimes[link.kind]),
      )
    })
    return token
  }

  /** What a link's token opens, without using it up; undefined when it opens nothing (any more). */
  function findLink(token: string): PendingLink | undefined {
    const row = statements.link.get(toHash(token), at())
    const link = row && toLink(row)
    return link?.kind === 'first' && countOwners() > 0 ? undefined : link
  }

  function takeLink(token: string): PendingLink | undefined {
    const link = findLink(token)
    if (link) db.prepare('DELETE FROM link WHERE token_hash = ?').run(toHash(token))
    return link
  }

  return {
    /** Whether nobody has an account yet. */
    isEmpty: () => countOwners() === 0,
    listUsers: (): User[] => statements.users.all().map(toUser),
    findUser,
    createUser,

    /**
     * Uses up a link: makes its user, or finds the one it is for. Undefined when the token opens
     * nothing; of two who use one link at the same time, one gets this. Throws an `AccountsError` for
     * a name that is none or that somebody has, and the link stays.
     */
    redeemLink(
      token: string,
      newUser: { name: string; language: DeskLanguage },
    ): { user: User; kind: SignInLink['kind'] } | undefined {
      return transact(() => {
        const link = takeLink(token)
        if (!link) return undefined
        const { kind } = link
        if (kind === 'device') return { user: requireUser(link.userId), kind }
        requireFreeName(newUser.name)
        const role = kind === 'first' ? 'owner' : link.role
        return { user: createUser({ ...newUser, role }), kind }
      })
    },

    createLink,
    findLink,
    listLinks: (): PendingLink[] => statements.links.all(at()).map(toLink),
    removeLink(id: string): void {
      db.prepare('DELETE FROM link WHERE substr(token_hash, 1, 16) = ?').run(id)
    },

    /**
     * Throws an `AccountsError`. The only owner stays one. Links that a former owner has made and nobody
     * has used yet are void.
     */
    setRole(userId: string, role: Role): void {
      transact(() => {
        const user = requireUser(userId)
        if (user.role === 'owner' && role !== 'owner' && countOwners() === 1) {
          throw new AccountsError('last-owner')
        }
        if (role !== 'owner') removeLinksMadeBy(userId)
        db.prepare('UPDATE user SET role = ? WHERE id = ?').run(role, userId)
      })
    },

    /** Throws an `AccountsError`. */
    setProfile(userId: string, { name, language }: { name: string; language: DeskLanguage }): void {
      requireUser(userId)
      requireFreeName(name, userId)
      db.prepare('UPDATE user SET name = ?, language = ? WHERE id = ?').run(
        cleanName(name),
        language,
        userId,
      )
    },

    /**
     * Removes a user with their passkeys, sessions and links, those that they made for others as well.
     * What they did stays in the audit log and the history, under their name. Throws an `AccountsError`.
     */
    removeUser(userId: string): void {
      transact(() => {
        const { role } = requireUser(userId)
        if (role === 'owner' && countOwners() === 1) throw new AccountsError('last-owner')
        removeLinksMadeBy(userId)
        db.prepare('DELETE FROM user WHERE id = ?').run(userId)
      })
    },

    /** Starts a session and returns its token, which is not stored. */
    startSession(userId: string): string {
      const token = makeToken()
      transact(() => {
        db.prepare('DELETE FROM session WHERE expires_at <= ? OR seen_at <= ?').run(
          at(),
          at(-sessionTimes.idle),
        )
        db.prepare(
          `INSERT INTO session (token_hash, user_id, created_at, seen_at, expires_at)
           VALUES (?, ?, ?, ?, ?)`,
        ).run(toHash(token), userId, at(), at(), at(sessionTimes.most))
      })
      return token
    },

    /** The session that a token opens; undefined when it has ended or never was. */
    findSession(token: string): Session | undefined {
      const row = statements.session.get(toHash(token), at(), at(-sessionTimes.idle))
      const user = row && findUser(textOf(row, 'user_id'))
      if (!row || !user) return undefined
      if (textOf(row, 'seen_at') <= at(-seenEvery)) statements.seen.run(at(), toHash(token))
      return {
        id: textOf(row, 'token_hash').slice(0, idLength),
        user,
        createdAt: textOf(row, 'created_at'),
        seenAt: textOf(row, 'seen_at'),
      }
    },

    countSessions(userId: string): number {
      const row = db
        .prepare('SELECT count(*) AS number FROM session WHERE user_id = ? AND expires_at > ?')
        .get(userId, at())
      return numberOf(row ?? {}, 'number')
    },

    endSession(token: string): void {
      db.prepare('DELETE FROM session WHERE token_hash = ?').run(toHash(token))
    },

    /** Signs a user out everywhere, and voids the links that would sign them in. */
    endSessions(userId: string): void {
      db.prepare('DELETE FROM link WHERE user_id = ?').run(userId)
      db.prepare('DELETE FROM session WHERE user_id = ?').run(userId)
    },

    /** Throws an `AccountsError` when the passkey is known already, whoever has it. */
    addPasskey(passkey: Omit<Passkey, 'createdAt' | 'usedAt'>): void {
      if (statements.passkey.get(passkey.id)) throw new AccountsError('passkey-known')
      const { id, userId, publicKey, counter, transports, rpId } = passkey
      db.prepare(
        `INSERT INTO passkey (id, user_id, public_key, counter, transports, rp_id, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ).run(id, userId, publicKey, counter, transports.join(' '), rpId, at())
    },

    findPasskey(id: string): Passkey | undefined {
      const row = statements.passkey.get(id)
      return row && toPasskey(row)
    },

    listPasskeys: (userId: string): Passkey[] => statements.passkeys.all(userId).map(toPasskey),

    /** Notes that a passkey has signed somebody in. */
    notePasskeyUse(id: string, counter: number): void {
      db.prepare('UPDATE passkey SET counter = ?, used_at = ? WHERE id = ?').run(counter, at(), id)
    },

    /** Removes a passkey of a user; one of somebody else stays. */
    removePasskey(userId: string, id: string): void {
      db.prepare('DELETE FROM passkey WHERE id = ? AND user_id = ?').run(id, userId)
    },

    close: () => db.close(),
  }
}

export type Accounts = ReturnType<typeof openAccounts>

/** How many digits of a hash name a session or a link in lists. */
const idLength = 16

const selectUser = `SELECT user.*, max(session.seen_at) AS seen_at FROM user
  LEFT JOIN session ON session.user_id = user.id`

function create(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE user (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, language TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE passkey (
      id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES user ON DELETE CASCADE,
      public_key BLOB NOT NULL, counter INTEGER NOT NULL, transports TEXT NOT NULL,
      rp_id TEXT NOT NULL, created_at TEXT NOT NULL, used_at TEXT
    ) STRICT;
    CREATE INDEX passkey_user ON passkey (user_id);
    CREATE TABLE session (
      token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES user ON DELETE CASCADE,
      created_at TEXT NOT NULL, seen_at TEXT NOT NULL, expires_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX session_user ON session (user_id);
    CREATE TABLE link (
      token_hash TEXT PRIMARY KEY, kind TEXT NOT NULL, role TEXT,
      user_id TEXT REFERENCES user ON DELETE CASCADE, created_by TEXT, expires_at TEXT NOT NULL
    ) STRICT;
  `)
}

const makeToken = () => randomBytes(32).toString('base64url')

const toHash = (token: string) => createHash('sha256').update(token).digest('hex')

/** One line without control characters. Throws an `AccountsError` when nothing is left. */
function cleanName(name: string): string {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, longestName)
  if (clean === '') throw new AccountsError('no-name')
  return clean
}

const toComparable = (name: string) => name.normalize('NFKC').toLowerCase()

function toRole(text: string): Role {
  if (isRole(text)) return text
  throw new TypeError(`${text} is no role`)
}

function toUser(row: Row): User {
  const language = textOf(row, 'language')
  return {
    id: textOf(row, 'id'),
    name: textOf(row, 'name'),
    role: toRole(textOf(row, 'role')),
    language: isDeskLanguage(language) ? language : 'en',
    createdAt: textOf(row, 'created_at'),
    seenAt: optionalTextOf(row, 'seen_at'),
  }
}

function toLink(row: Row): PendingLink {
  const link = {
    id: textOf(row, 'token_hash').slice(0, idLength),
    createdBy: optionalTextOf(row, 'created_by'),
    expiresAt: textOf(row, 'expires_at'),
  }
  const kind = textOf(row, 'kind')
  if (kind === 'invitation') return { ...link, kind, role: toRole(textOf(row, 'role')) }
  if (kind === 'device') return { ...link, kind, userId: textOf(row, 'user_id') }
  return { ...link, kind: 'first' }
}

function toPasskey(row: Row): Passkey {
  const key = row.public_key
  if (!(key instanceof Uint8Array)) throw new TypeError('A passkey has no public key')
  return {
    id: textOf(row, 'id'),
    userId: textOf(row, 'user_id'),
    publicKey: new Uint8Array(key),
    counter: numberOf(row, 'counter'),
    transports: textOf(row, 'transports').split(' ').filter(Boolean),
    rpId: textOf(row, 'rp_id'),
    createdAt: textOf(row, 'created_at'),
    usedAt: optionalTextOf(row, 'used_at'),
  }
}
