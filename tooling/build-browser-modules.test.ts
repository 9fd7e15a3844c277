import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readBrowserBuild } from '#lib/site/build/browser-build.ts'
import { buildBrowserModules } from './build-browser-modules.ts'

describe('buildBrowserModules', () => {
  it('makes files whose names hold a digest, in 12 KB, and notes their names for the server', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dateline-modules-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const built = await buildBrowserModules(folder, 'a-build')
    expect(await readBrowserBuild(folder)).toEqual(built)
    expect(built.page).toMatch(/^\/_next\/static\/reader\/page\.browser-[A-Z0-9]{8}\.js$/)

    const files = readdirSync(join(folder, 'static/reader'))
    const sizes = files.map((name) => {
      const text = readFileSync(join(folder, 'static/reader', name))
      expect(name).toMatch(/-[A-Z0-9]{8}\.js$/)
      return gzipSync(text, { level: 9 }).length
    })
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(12_000)
    // What every page waits for.
    expect(built.worker).toContain(built.page)
    // The desk's files are apart from what readers fetch.
    expect(built.desk.script).toMatch(/^\/_next\/static\/desk\/desk\.browser-[A-Z0-9]{8}\.js$/)
    expect(built.desk.style).toMatch(/^\/_next\/static\/desk\/desk-[A-Z0-9]{8}\.css$/)
    expect(built.worker).not.toContain('static/desk')
    // Another build is another worker.
    expect(built.worker).toContain('a-build')
  })

  it('leaves pages without scripts where it did not run', async () => {
    expect(await readBrowserBuild(tmpdir())).toBeUndefined()
  })
})
