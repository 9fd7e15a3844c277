import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { compressFiles } from './compress-files.ts'

it('lays copies beside texts that are worth it, and beside nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-compress-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const script = 'export const answer = 42\n'.repeat(100)
  writeFileSync(join(folder, 'a.js'), script)
  writeFileSync(join(folder, 'small.css'), 'a{}')
  writeFileSync(join(folder, 'a.woff2'), Buffer.alloc(5000))
  await compressFiles(folder)
  expect(readdirSync(folder).sort()).toEqual(['a.js', 'a.js.br', 'a.js.gz', 'a.woff2', 'small.css'])
  expect(brotliDecompressSync(readFileSync(join(folder, 'a.js.br'))).toString()).toBe(script)
  expect(gunzipSync(readFileSync(join(folder, 'a.js.gz'))).toString()).toBe(script)
})
