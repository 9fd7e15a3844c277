import { createHmac, randomBytes } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Accounts, User } from '#lib/desk/accounts.ts'
import { isSameSecret } from '#lib/site/is-same-secret.ts'
import { createRateLimit } from './rate-limit.ts'

/** For how long a browser may take to answer a challenge, in ms. */
const challengeTime = 5 * 60_000

/**
 * EdDSA, ES256 and RS256, of which every authenticator has one. The library's own list asks the platform
 * for ML-DSA, which Node warns of as experimental.
 */
const supportedAlgorithmIDs = [-8, -7, -257]

/** Attempts with the passkeys of one account in a minute, wherever they come from. */
const mostAttempts = 20

const base64url = z.string().regex(/^[\w-]+$/)
const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])

/** What browsers answer with, by WebAuthn's JSON form. What else they say is not read. */
const registration = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    // An authenticator may name kinds that we do not know.
    transports: z
      .array(z.string())
      .transform((all) => all.flatMap((one) => transport.safeParse(one).data ?? []))
      .optional(),
  }),
  clientExtensionResults: z.object({}).default({}),
})
const authentication = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
  clientExtensionResults: z.object({}).default({}),
})

/**
 * Sign-in by passkeys (WebAuthn): discoverable credentials with user verification, so that nobody types
 * a name and a stolen device alone is not enough. `origin` is that of the desk. Strangers ask for
 * challenges, so none is stored: each is signed, for one purpose and some minutes, and taken once.
 */
export function createPasskeys({
  accounts,
  origin,
  siteName,
  now = () => new Date(),
}: {
  accounts: Pick<
    Accounts,
    'addPasskey' | 'findPasskey' | 'findUser' | 'listPasskeys' | 'notePasskeyUse'
  >
  origin: string
  siteName: string
  now?: () => Date
}) {
  const rpId = new URL(origin).hostname
  const secret = randomBytes(32)
  const attempts = createRateLimit({ most: mostAttempts, perMilliseconds: 60_000, now })
  /** Challenges that have been answered, with the time in ms at which they expire. */
  const answered = new Map<string, number>()

  const sign = (purpose: string, text: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([purpose, text]))
      .digest('base64url')

  function makeChallenge(purpose: string): Uint8Array<ArrayBuffer> {
    const text = `${randomBytes(16).toString('base64url')}.${now().getTime() + challengeTime}`
    return new TextEncoder().encode(`${text}.${sign(purpose, text)}`)
  }

  /**
   * Whether a challenge, in base64url, is one of ours for this purpose and still good. It is used up
   * by this: of two answers to one challenge that come at the same time, one counts.
   */
  function takeChallenge(challenge: string, purpose: string): boolean {
    const [nonce, end = '', signature = ''] = Buffer.from(challenge, 'base64url')
      .toString()
      .split('.')
    if (!isSameSecret(signature, sign(purpose, `${nonce}.${end}`))) return false
    const time = now().getTime()
    if (time >= Number(end) || answered.has(challenge)) return false
    for (const [one, until] of answered) if (until <= time) answered.delete(one)
    answered.set(challenge, Number(end))
    return true
  }

  return {
    /** What a browser needs to make a passkey for a user. Plain JSON. */
    toRegistrationOptions(user: User): Promise<object> {
      return generateRegistrationOptions({
        rpName: siteName,
        rpID: rpId,
        userID: new TextEncoder().encode(user.id),
        userName: user.name,
        userDisplayName: user.name,
        challenge: makeChallenge(`register ${user.id}`),
        attestationType: 'none',
        supportedAlgorithmIDs,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: accounts.listPasskeys(user.id).map(({ id }) => ({ id })),
      })
    },

    /** Adds the passkey that a browser has made. Answers whether it could be verified. */
    async register(user: User, answer: unknown): Promise<boolean> {
      const { data: response } = registration.safeParse(answer)
      if (!response) return false
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response,
        supportedAlgorithmIDs,
        expectedChallenge: (challenge) => takeChallenge(challenge, `register ${user.id}`),
        expectedOrigin: origin,
        expectedRPID: rpId,
      }).catch(() => ({ verified: false, registrationInfo: undefined }))
      if (!verified || !registrationInfo) return false
      const { id, publicKey, counter } = registrationInfo.credential
      if (accounts.findPasskey(id)) return false
      const transports = response.response.transports ?? []
      accounts.addPasskey({ id, userId: user.id, publicKey, counter, transports, rpId })
      return true
    },

    /** What a browser needs to sign somebody in, whoever it is. Plain JSON. */
    toSignInOptions: (): Promise<object> =>
      generateAuthenticationOptions({
        rpID: rpId,
        challenge: makeChallenge('sign in'),
        userVerification: 'required',
      }),

    /**
     * The user whose passkey a browser has signed with; undefined when that cannot be verified, or when
     * this account was tried too often in the last minute.
     */
    async signIn(answer: unknown): Promise<User | undefined> {
      const { data: response } = authentication.safeParse(answer)
      const passkey = response && accounts.findPasskey(response.id)
      if (!response || passkey?.rpId !== rpId || !attempts.take(passkey.userId)) return undefined
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge: (challenge) => takeChallenge(challenge, 'sign in'),
        expectedOrigin: origin,
        expectedRPID: rpId,
        credential: { id: passkey.id, publicKey: passkey.publicKey, counter: passkey.counter },
      }).catch(() => ({ verified: false, authenticationInfo: undefined }))
      if (!verified || !authenticationInfo) return undefined
      accounts.notePasskeyUse(passkey.id, authenticationInfo.newCounter)
      return accounts.findUser(passkey.userId)
    },
  }
}

export type Passkeys = ReturnType<typeof createPasskeys>
