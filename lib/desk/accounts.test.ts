import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { logTo, silentLog } from '#lib/node/log.ts'
import { linkTimes, mayActAs, openAccounts, roles, sessionTimes } from './accounts.ts'
import { accountsPath, listDeskFilesSetAside } from './open-desk.ts'

function openInTest() {
  const dataDir = mkdtempSync(join(tmpdir(), 'dateline-accounts-'))
  let time = Date.parse('2026-11-30T12:00:00Z')
  const accounts = openAccounts({ dataDir, log: silentLog, now: () => new Date(time) })
  onTestFinished(() => {
    accounts.close()
    rmSync(dataDir, { recursive: true })
  })
  const owner = () => accounts.createUser({ name: 'Olena', role: 'owner', language: 'uk' })
  return { accounts, dataDir, owner, pass: (milliseconds: number) => (time += milliseconds) }
}

const someone = { name: 'Taras', language: 'en' } as const

describe('links', () => {
  it('make an owner of the first one, once, and never where there is an owner', () => {
    const { accounts } = openInTest()
    const [first, later] = [
      accounts.createLink({ kind: 'first' }),
      accounts.createLink({ kind: 'first' }),
    ]
    expect(accounts.findLink(first)).toBeUndefined()
    expect(accounts.redeemLink(later, someone)).toMatchObject({
      kind: 'first',
      user: { name: 'Taras', role: 'owner', language: 'en' },
    })
    expect(accounts.redeemLink(later, someone)).toBeUndefined()
    expect(accounts.findLink(accounts.createLink({ kind: 'first' }))).toBeUndefined()
  })

  it('invite with a role, and stay when the name is none', () => {
    const { accounts, owner } = openInTest()
    const token = accounts.createLink({ kind: 'invitation', role: 'writer' }, owner().id)
    expect(() => accounts.redeemLink(token, { ...someone, name: ' \u200b\n' })).toThrow(/no-name/)
    expect(accounts.redeemLink(token, { ...someone, name: ' Ta\nras ' })?.user).toMatchObject({
      name: 'Ta ras',
      role: 'writer',
    })
    expect(accounts.listUsers()).toHaveLength(2)
  })

  it('sign in a user who is there, and end with them', () => {
    const { accounts, owner } = openInTest()
    const olena = owner()
    owner()
    const link = { kind: 'device', userId: olena.id } as const
    expect(accounts.redeemLink(accounts.createLink(link), someone)?.user).toEqual(olena)
    const token = accounts.createLink(link)
    accounts.removeUser(olena.id)
    expect(accounts.redeemLink(token, someone)).toBeUndefined()
  })

  it.each(Object.entries(linkTimes))('of the kind %s expire', (kind, time) => {
    const { accounts, owner, pass } = openInTest()
    const userId = kind === 'first' ? '' : owner().id
    const links = {
      first: { kind: 'first' },
      invitation: { kind: 'invitation', role: 'editor' },
      device: { kind: 'device', userId },
    } as const
    const token = accounts.createLink(links[kind as keyof typeof links])
    pass(time - 1)
    expect(accounts.findLink(token)).toMatchObject({ kind })
    pass(1)
    expect(accounts.findLink(token)).toBeUndefined()
    expect(accounts.redeemLink(token, someone)).toBeUndefined()
  })

  it.each(['removed', 'no owner any more'])('end with an inviter who is %s', (how) => {
    const { accounts, owner } = openInTest()
    const [olena, taras] = [owner(), owner()]
    const invite = (by: string) => accounts.createLink({ kind: 'invitation', role: 'owner' }, by)
    const device = accounts.createLink({ kind: 'device', userId: taras.id }, olena.id)
    const [hers, his] = [invite(olena.id), invite(taras.id)]
    if (how === 'removed') accounts.removeUser(olena.id)
    else accounts.setRole(olena.id, 'writer')
    expect([accounts.findLink(hers), accounts.findLink(device)]).toEqual([undefined, undefined])
    expect(accounts.redeemLink(his, someone)?.user.role).toBe('owner')
  })

  it('let nobody in under a name that somebody has, and stay', () => {
    const { accounts, owner } = openInTest()
    const olena = owner()
    const token = accounts.createLink({ kind: 'invitation', role: 'writer' }, olena.id)
    for (const name of ['Olena', ' oLENA\n', 'Ｏlena']) {
      expect(() => accounts.redeemLink(token, { ...someone, name }), name).toThrow(/name-taken/)
    }
    const taras = accounts.redeemLink(token, someone)?.user
    const rename = (name: string) => accounts.setProfile(taras?.id ?? '', { name, language: 'en' })
    expect(() => rename('OLENA')).toThrow(/name-taken/)
    rename('TARAS')
    expect(accounts.findUser(taras?.id ?? '')?.name).toBe('TARAS')
  })

  it('to a device end when their user signs out everywhere', () => {
    const { accounts, owner } = openInTest()
    const olena = owner()
    const token = accounts.createLink({ kind: 'device', userId: olena.id }, olena.id)
    accounts.endSessions(olena.id)
    expect(accounts.findLink(token)).toBeUndefined()
  })

  it('can be taken back', () => {
    const { accounts, owner } = openInTest()
    const token = accounts.createLink({ kind: 'invitation', role: 'owner' }, owner().id)
    const [listed] = accounts.listLinks()
    accounts.removeLink(listed?.id ?? '')
    expect(accounts.findLink(token)).toBeUndefined()
  })
})

describe('sessions', () => {
  it('are opened by their token alone, and end when they are ended', () => {
    const { accounts, owner } = openInTest()
    const olena = owner()
    const [one, other] = [accounts.startSession(olena.id), accounts.startSession(olena.id)]
    expect(accounts.findSession(one)?.user).toMatchObject({ id: olena.id, role: 'owner' })
    for (const wrong of ['', 'x', one.slice(1), `${one}x`, olena.id]) {
      expect(accounts.findSession(wrong), wrong).toBeUndefined()
    }
    accounts.endSession(one)
    expect([accounts.findSession(one), accounts.findSession(other)?.user.id]).toEqual([
      undefined,
      olena.id,
    ])
    accounts.startSession(olena.id)
    accounts.endSessions(olena.id)
    expect([accounts.findSession(other), accounts.countSessions(olena.id)]).toEqual([undefined, 0])
  })

  it('end when they are not used, and in any case after a month', () => {
    const { accounts, owner, pass } = openInTest()
    const token = accounts.startSession(owner().id)
    for (let used = 0; used + sessionTimes.idle - 1 < sessionTimes.most; ) {
      pass(sessionTimes.idle - 1)
      used += sessionTimes.idle - 1
      expect(accounts.findSession(token)).toBeDefined()
    }
    pass(sessionTimes.idle - 1)
    expect(accounts.findSession(token), 'after a month').toBeUndefined()
    const unused = accounts.startSession(owner().id)
    pass(sessionTimes.idle)
    expect(accounts.findSession(unused), 'not used').toBeUndefined()
  })

  it('have the role that their user has now', () => {
    const { accounts, owner } = openInTest()
    owner()
    const writer = accounts.createUser({ name: 'W', role: 'writer', language: 'en' })
    const token = accounts.startSession(writer.id)
    accounts.setRole(writer.id, 'editor')
    expect(accounts.findSession(token)?.user.role).toBe('editor')
    accounts.removeUser(writer.id)
    expect(accounts.findSession(token)).toBeUndefined()
  })
})

describe('users', () => {
  it('always have an owner among them', () => {
    const { accounts, owner } = openInTest()
    const olena = owner()
    expect(() => accounts.setRole(olena.id, 'editor')).toThrow(/last-owner/)
    expect(() => accounts.removeUser(olena.id)).toThrow(/last-owner/)
    const taras = owner()
    accounts.setRole(olena.id, 'editor')
    expect(() => accounts.removeUser(taras.id)).toThrow(/last-owner/)
    expect(() => accounts.setRole('nobody', 'owner')).toThrow(/no-user/)
  })

  it('have passkeys, each of one user', () => {
    const { accounts, owner } = openInTest()
    const [olena, taras] = [owner(), owner()]
    const passkey = {
      id: 'credential',
      userId: olena.id,
      publicKey: new Uint8Array([1, 2, 3]),
      counter: 0,
      transports: ['internal', 'hybrid'],
      rpId: 'desk.example',
    }
    accounts.addPasskey(passkey)
    expect(() => accounts.addPasskey({ ...passkey, userId: taras.id })).toThrow(/passkey-known/)
    accounts.notePasskeyUse('credential', 7)
    expect(accounts.findPasskey('credential')).toMatchObject({ ...passkey, counter: 7 })
    accounts.removePasskey(taras.id, 'credential')
    expect(accounts.listPasskeys(olena.id)).toHaveLength(1)
    accounts.removePasskey(olena.id, 'credential')
    expect(accounts.listPasskeys(olena.id)).toEqual([])
  })

  it('may do what their role and the lesser ones may', () => {
    const may = roles.map((has) => roles.filter((needed) => mayActAs(has, needed)))
    expect(may).toEqual([['writer'], ['writer', 'editor'], ['writer', 'editor', 'owner']])
  })
})

it('stores no token, in a file that its owner alone can read', () => {
  const { accounts, dataDir, owner } = openInTest()
  const tokens = [
    accounts.startSession(owner().id),
    accounts.createLink({ kind: 'invitation', role: 'writer' }),
  ]
  const files = ['accounts.sqlite', 'accounts.sqlite-wal'].map((name) => join(dataDir, name))
  for (const file of files) {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    for (const token of tokens) expect(readFileSync(file).includes(token)).toBe(false)
  }
})

it('opens new accounts beside those that cannot be used, and names what waits for an operator', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dateline-accounts-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  expect(listDeskFilesSetAside(dataDir)).toEqual([])
  writeFileSync(accountsPath(dataDir), 'no database'.repeat(1000))
  const lines: string[] = []
  const accounts = openAccounts({ dataDir, log: logTo(lines) })
  expect(accounts.isEmpty()).toBe(true)
  accounts.close()
  expect(lines.join()).toContain('The accounts of the desk cannot be used and were set aside')
  expect(listDeskFilesSetAside(dataDir)).toEqual(['accounts.sqlite.damaged'])
})
