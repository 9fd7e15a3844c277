import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createFleetNode, toNodeEnvironment } from './start-fleet.ts'

const node = {
  name: 'web-1',
  role: 'web',
  port: 3401,
  databaseUrl: 'postgres://db.example/dateline',
  contentDir: '/paper/content',
  dataDir: '/data',
  publishSecret: 'secret',
} as const

it('gives a machine the publication, and no content folder to one that only serves readers', () => {
  expect(toNodeEnvironment({ ...node, paperDir: '/paper' })).toMatchObject({
    PAPER_DIR: '/paper',
    CONTENT_DIR: '/data/no-content',
  })
  expect(toNodeEnvironment({ ...node, role: 'writer' })).toMatchObject({
    PAPER_DIR: '',
    CONTENT_DIR: '/paper/content',
  })
})

it.skipIf(process.platform !== 'linux')(
  'leaves no process of a machine, not a stopped one',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dateline-release-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    mkdirSync(join(folder, 'server'))
    writeFileSync(
      join(folder, 'server/main.ts'),
      `import { spawn } from 'node:child_process'
    const { pid } = spawn('sleep', ['600'])
    process.kill(pid!, 'SIGSTOP')
    console.log(pid)`,
    )
    const machine = createFleetNode({ ...node, dataDir: join(folder, 'data') })
    machine.start(folder)
    await vi.waitFor(() => expect(machine.lines()).toHaveLength(1), 30_000)
    const stateOf = (pid: string) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
    const [pid = ''] = machine.lines()
    expect(stateOf(pid)).toBe('T')
    await machine.kill()
    // Who adopts it may not have noticed yet that it has ended.
    const isGone = () => {
      try {
        return stateOf(pid) === 'Z'
      } catch {
        return true
      }
    }
    await vi.waitFor(() => expect(isGone()).toBe(true), 30_000)
  },
)

it('stops what a command has started when it is interrupted, once', async () => {
  const script = `
    import { stopOnSignal } from '${new URL('./start-fleet.ts', import.meta.url)}'
    stopOnSignal(async () => console.log('stopped'))
    setInterval(() => {}, 60_000)
    console.log('started')`
  const command = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  command.stdout.on('data', (text) => {
    said += text
    if (said === 'started\n')
      for (const signal of ['SIGINT', 'SIGINT'] as const) command.kill(signal)
  })
  expect(await once(command, 'close')).toEqual([130, null])
  expect(said).toBe('started\nstopped\n')
})
