import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Passkey, User } from '#lib/desk/accounts.ts'
import { createPasskeys } from './passkeys.ts'

const user: User = {
  id: 'olena',
  name: 'Olena',
  role: 'editor',
  language: 'uk',
  createdAt: '2026-11-30T12:00:00.000Z',
  seenAt: undefined,
}

/** A passkey of Olena at desk.example, and what signs with it as a browser does. */
function open(passkeyOf: Partial<Passkey> = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const [bytesX, bytesY] = [x, y].map((part) => Buffer.from(part, 'base64url').toString('hex'))
  // CBOR of a COSE key: EC2, ES256, P-256, and the two coordinates.
  const cose = Buffer.from(`a5010203262001215820${bytesX}225820${bytesY}`, 'hex')
  const passkey: Passkey = {
    id: 'a2V5',
    userId: user.id,
    publicKey: new Uint8Array(cose),
    counter: 0,
    transports: [],
    rpId: 'desk.example',
    createdAt: user.createdAt,
    usedAt: undefined,
    ...passkeyOf,
  }
  let time = Date.parse('2026-11-30T12:00:00Z')
  const uses: number[] = []
  const passkeys = createPasskeys({
    origin: 'https://desk.example',
    siteName: 'Dateline',
    now: () => new Date(time),
    accounts: {
      findPasskey: (id) => (id === passkey.id ? passkey : undefined),
      findUser: (id) => (id === user.id ? user : undefined),
      listPasskeys: () => [passkey],
      addPasskey: () => expect.unreachable(),
      notePasskeyUse: (_id, counter) => void uses.push(counter),
    },
  })
  const parseOptions = z.object({ challenge: z.string(), rpId: z.string() }).parse
  async function answer({
    origin = 'https://desk.example',
    rpId = 'desk.example',
    flags = 0x05,
    challenge = '',
  } = {}) {
    const given = challenge || parseOptions(await passkeys.toSignInOptions()).challenge
    const clientData = Buffer.from(
      JSON.stringify({ type: 'webauthn.get', challenge: given, origin, crossOrigin: false }),
    )
    const digest = (text: string | Buffer) => createHash('sha256').update(text).digest()
    const data = Buffer.concat([digest(rpId), Buffer.from([flags, 0, 0, 0, 1])])
    const signed = sign('sha256', Buffer.concat([data, digest(clientData)]), privateKey)
    return {
      id: passkey.id,
      rawId: passkey.id,
      type: 'public-key',
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signed.toString('base64url'),
      },
    }
  }
  return { passkeys, answer, uses, pass: (milliseconds: number) => (time += milliseconds) }
}

it('signs in who has the key, once for each challenge', async () => {
  const { passkeys, answer, uses } = open()
  const signed = await answer()
  const both = await Promise.all([passkeys.signIn(signed), passkeys.signIn(signed)])
  expect(both).toEqual([user, undefined])
  expect(await passkeys.signIn(signed)).toBeUndefined()
  expect(uses).toEqual([1])
})

it.each<[string, Parameters<ReturnType<typeof open>['answer']>[0]]>([
  ['another origin', { origin: 'https://desk.example.evil' }],
  ['another host', { rpId: 'paper.example' }],
  ['a user who was not verified', { flags: 0x01 }],
  ['a challenge of its own', { challenge: 'bXkgb3du' }],
])('refuses an answer with %s', async (_what, given) => {
  const { passkeys, answer } = open()
  expect(await passkeys.signIn(await answer(given))).toBeUndefined()
})

it('tries one account no more than 20 times in a minute', async () => {
  const { passkeys, answer, pass } = open()
  const wrong = await answer({ flags: 0x01 })
  for (let time = 0; time < 20; time += 1) await passkeys.signIn(wrong)
  expect(await passkeys.signIn(await answer())).toBeUndefined()
  pass(60_000)
  expect(await passkeys.signIn(await answer())).toEqual(user)
})

it('asks for algorithms that need nothing experimental', async () => {
  const supports = vi.spyOn(SubtleCrypto as unknown as { supports(): boolean }, 'supports')
  expect(await open().passkeys.toRegistrationOptions(user)).toMatchObject({
    pubKeyCredParams: [{ alg: -8 }, { alg: -7 }, { alg: -257 }],
  })
  expect(supports).not.toHaveBeenCalled()
})

it('refuses a challenge that is old, or was made to register a passkey', async () => {
  const { passkeys, answer, pass } = open()
  const signed = await answer()
  pass(5 * 60_000)
  expect(await passkeys.signIn(signed)).toBeUndefined()
  const options = z.object({ challenge: z.string() })
  const { challenge } = options.parse(await passkeys.toRegistrationOptions(user))
  expect(await passkeys.signIn(await answer({ challenge }))).toBeUndefined()
})

it('refuses a passkey of another host, one that is unknown, and what is no answer', async () => {
  const { passkeys, answer } = open({ rpId: 'localhost' })
  expect(await passkeys.signIn(await answer())).toBeUndefined()
  const known = open()
  expect(await known.passkeys.signIn({ ...(await known.answer()), id: 'b3RoZXI' })).toBeUndefined()
  for (const wrong of [undefined, null, 'x', {}, { id: 1 }]) {
    expect(await known.passkeys.signIn(wrong)).toBeUndefined()
    expect(await known.passkeys.register(user, wrong)).toBe(false)
  }
})
