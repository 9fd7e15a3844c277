import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function makeFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-env-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const module = join(import.meta.dirname, 'read-environment.ts')

/** The files are read once in a process, so each reading has one of its own. */
function readIn(folder: string, environment: Record<string, string> = {}, script = '') {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { readEnvironment } from ${JSON.stringify(module)}
      const { A, B, C, D } = readEnvironment(${JSON.stringify(folder)})
      ${script}
      console.log(JSON.stringify({ A, B, C, D }))`,
    ],
    { env: environment as NodeJS.ProcessEnv, encoding: 'utf8' },
  )
  return stdout === '' ? stderr : JSON.parse(stdout)
}

const files = {
  '.env': 'A=1\nB=1\nC=1\nD="$C and more"\n',
  '.env.local': 'B=2\n',
  '.env.production': 'A=3\nB=3\n',
  '.env.development': 'A=4\n',
  '.env.development.local': 'B=5\n',
  '.env.test': 'A=6\n',
}

// Each test starts processes, which takes its time where the machine is busy.
describe('readEnvironment', () => {
  it.each([
    [{}, { A: '3', B: '2', C: '1', D: '1 and more' }],
    [{ NODE_ENV: 'production' }, { A: '3', B: '2', C: '1' }],
    [{ NODE_ENV: 'development' }, { A: '4', B: '5', C: '1' }],
    [{ NODE_ENV: 'test' }, { A: '6', B: '1', C: '1' }],
    [
      { A: 'ours', B: '' },
      { A: 'ours', B: '', C: '1' },
    ],
  ])('started with %j reads %j', (environment, expected) => {
    expect(readIn(makeFolder(files), environment)).toMatchObject(expected)
  })

  it('hands what it read to the processes that are started from here', () => {
    const child = `const { spawnSync } = await import('node:child_process')
      const code = 'console.log(process.env.A)'
      if (spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' }).stdout !== '3\\n')
        throw new Error('the child does not have it')`
    expect(readIn(makeFolder(files), {}, child)).toMatchObject({ A: '3' })
  })

  it('is what Next finds when it reads the files afterwards', () => {
    const folder = makeFolder(files)
    const next = `const { default: nextEnv } = await import('@next/env')
      process.env.C = 'set since'
      nextEnv.loadEnvConfig(${JSON.stringify(folder)}, false)
      if (process.env.C !== 'set since') throw new Error('the files were read again')`
    expect(readIn(folder, {}, next)).toMatchObject({ A: '3' })
  })

  it('names a file that cannot be read', () => {
    const folder = makeFolder({})
    symlinkSync('.env', join(folder, '.env'))
    expect(readIn(folder)).toMatch(/Failed to load env from \.env: ELOOP/)
  })
})
