import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findPreviewSecret, providePreviewSecret } from './preview-secret.ts'

function makePlace() {
  const dir = mkdtempSync(join(tmpdir(), 'dateline-secret-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return { previewSecret: undefined, dataDir: join(dir, 'data') }
}

describe('the secret of previews', () => {
  it('is that of the environment when there is one, and then no file is made', () => {
    const place = { ...makePlace(), previewSecret: 'from the environment' }
    expect(providePreviewSecret(place)).toBe('from the environment')
    expect(findPreviewSecret({ ...place, previewSecret: undefined })).toBeUndefined()
  })

  it('is made once, for its owner alone, and found again', () => {
    const place = makePlace()
    expect(findPreviewSecret(place)).toBeUndefined()
    const secret = providePreviewSecret(place)
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect([findPreviewSecret(place), providePreviewSecret(place)]).toEqual([secret, secret])
    expect(readdirSync(place.dataDir)).toEqual(['secret'])
    expect(statSync(join(place.dataDir, 'secret')).mode & 0o777).toBe(0o600)
    expect(providePreviewSecret(makePlace())).not.toBe(secret)
  })

  it('is never an empty or a cut-off file', () => {
    const place = makePlace()
    providePreviewSecret(place)
    for (const text of ['', '\n', 'too-short']) {
      writeFileSync(join(place.dataDir, 'secret'), text)
      expect(findPreviewSecret(place)).toBeUndefined()
      expect(() => providePreviewSecret(place)).toThrow(/holds no secret: delete it/)
    }
  })
})
