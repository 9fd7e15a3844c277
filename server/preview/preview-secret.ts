import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '#lib/node/describe-error.ts'

/** Where the secret that signs previews comes from. */
export type SecretSource = {
  /** `PREVIEW_SECRET`. When it is not set, the data folder's file `secret` holds a random one. */
  previewSecret: string | undefined
  dataDir: string
}

/**
 * The secret that signs previews. It is read each time, because the data folder may be deleted while
 * the server runs. Undefined when there is none yet, and so no link that could be valid. Throws when
 * the file cannot be read.
 */
export function findPreviewSecret({ previewSecret, dataDir }: SecretSource): string | undefined {
  return previewSecret ?? readSecret(join(dataDir, 'secret'))
}

/** The same, making the file (readable by its owner alone) when there is none. */
export function providePreviewSecret(place: SecretSource): string {
  return findPreviewSecret(place) ?? makeSecret(place.dataDir)
}

/**
 * The file appears under its name whole and only once: of two processes that make it at the same
 * time, both take the first one's.
 */
function makeSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
    linkSync(draft, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const secret = readSecret(file)
  if (secret === undefined) throw new Error(`${file} holds no secret: delete it and try again.`)
  return secret
}

/** Anything but 32 bytes in base64url is no secret: an empty file must not sign anything. */
function readSecret(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim()
    return /^[\w-]{43}$/.test(text) ? text : undefined
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
