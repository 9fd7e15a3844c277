import { execFile, spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const read = (name: string) => readFile(join(import.meta.dirname, name), 'utf8')
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-units-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe.skipIf(!hasSystemd)('systemd takes the units', { timeout: 60_000 }, () => {
  /** Copies a unit; `systemd-analyze` needs the programs that it names. */
  async function copy(name: string, as = name): Promise<string> {
    const text = await read(name)
    const programs = text
      .replaceAll('/srv/dateline/current/node_modules/.bin/node', process.execPath)
      .replaceAll('/usr/bin/curl', '/bin/true')
    const path = join(folder, as)
    await writeFile(path, programs)
    return path
  }

  async function verify(path: string): Promise<string> {
    const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', path])
    return stdout + stderr
  }

  it('the server: alone, cut off from other machines, and in a fleet', async () => {
    const unit = await copy('dateline@.service', 'dateline@3000.service')
    expect(await verify(unit)).toBe('')
    await mkdir(`${unit}.d`)
    await copy('dateline-offline.conf', 'dateline@3000.service.d/offline.conf')
    expect(await verify(unit)).toBe('')
    await rm(join(`${unit}.d`, 'offline.conf'))
    await copy('dateline-fleet.conf', 'dateline@3000.service.d/fleet.conf')
    expect(await verify(unit)).toBe('')
  })

  it('what follows which machines are ready', async () => {
    const unit = await copy('dateline-readiness.service')
    const text = await readFile(unit, 'utf8')
    await writeFile(unit, text.replaceAll('/srv/dateline/current/deploy', import.meta.dirname))
    expect(await verify(unit)).toBe('')
  })

  it('ingest', async () => {
    expect(await verify(await copy('dateline-ingest.service'))).toBe('')
  })

  it('the watchdog', async () => {
    await copy('dateline-watchdog@.service', 'dateline-watchdog@3000.service')
    const timer = await copy('dateline-watchdog@.timer', 'dateline-watchdog@3000.timer')
    expect(await verify(timer)).toBe('')
  })

  it.each(['dateline@.service', 'dateline-ingest.service'])('%s is hardened', async (name) => {
    const unit = await copy(name, name.replace('@', '@3000'))
    // Of 10.0, which is exposed to everything; 2.0 and less count as fine.
    const parameters = ['security', '--offline=true', '--threshold=20', unit]
    const { stdout } = await run('systemd-analyze', parameters)
    expect(stdout).toContain('Overall exposure level')
  })
})

describe('the units', () => {
  const settingsOf = (unit: string) => unit.replaceAll(/^#.*\n/gm, '')

  it('let the server notify the hub and IndexNow unless the drop-in is installed', async () => {
    expect(settingsOf(await read('dateline@.service'))).not.toMatch(/IPAddressDeny|PrivateNetwork/)
    expect(settingsOf(await read('dateline-offline.conf'))).toContain('IPAddressDeny=any')
  })

  it('let ingest write articles, and nothing else of the release', async () => {
    const unit = settingsOf(await read('dateline-ingest.service'))
    expect(unit).toMatch(/^ProtectSystem=strict$/m)
    expect(unit.match(/^ReadWritePaths=.*$/gm)).toEqual(['ReadWritePaths=-/srv/dateline/content'])
  })

  it('take a server for started when it is ready', async () => {
    const unit = settingsOf(await read('dateline@.service'))
    expect(unit).toMatch(/ExecStartPost=[^=]*http:\/\/127\.0\.0\.1:%i\/readyz\n/)
  })
})

describe.skipIf(process.platform !== 'linux')('an update', { timeout: 60_000 }, () => {
  /** Runs update.sh with a systemctl that writes down what it is asked, and refuses `failing`. */
  async function update(failing: string, settings = '') {
    const home = join(folder, 'home')
    const releases = ['former', 'next'].map((name) => join(home, 'releases', name))
    for (const release of releases) {
      await mkdir(join(release, '.next/static/chunks'), { recursive: true })
      await writeFile(join(release, '.next/BUILD_ID'), 'build')
      await writeFile(join(release, '.next/static/chunks', `${release.slice(-4)}.css`), 'p{}')
    }
    await symlink(releases[0] ?? '', join(home, 'current'))
    const bin = join(folder, 'bin')
    await mkdir(bin)
    const systemctl = join(bin, 'systemctl')
    const log = join(folder, 'systemctl.log')
    await writeFile(systemctl, `#!/bin/sh\necho "$*" >> ${log}\n[ "$*" != "${failing}" ]\n`)
    await chmod(systemctl, 0o755)
    const settingsFile = join(folder, 'dateline.env')
    await writeFile(settingsFile, settings)
    const own = { DATELINE_HOME: home, DATELINE_ENV: settingsFile }
    const env = { ...process.env, PATH: `${bin}:/usr/bin:/bin`, ...own }
    const script = join(import.meta.dirname, 'update.sh')
    const { status } = spawnSync('sh', [script, releases[1] ?? ''], { env })
    return {
      status,
      asked: (await readFile(log, 'utf8')).trim().split('\n'),
      current: await readlink(join(home, 'current')),
    }
  }

  it('starts the stand-in, then the server, and then lets ingest go on with the new release', async () => {
    const { status, asked, current } = await update('')
    expect([status, current]).toEqual([0, expect.stringMatching(/\/next$/)])
    expect(asked).toEqual([
      'start dateline@3001',
      'restart dateline@3000',
      'stop dateline@3001',
      'try-restart dateline-ingest',
    ])
  })

  it('changes nothing when the new release does not become ready', async () => {
    const { status, asked, current } = await update('start dateline@3001')
    expect([status, current]).toEqual([1, expect.stringMatching(/\/former$/)])
    expect(asked).toEqual(['start dateline@3001', 'stop dateline@3001'])
  })

  it('leaves the stand-in running when the server does not become ready', async () => {
    const { status, asked } = await update('restart dateline@3000')
    expect(status).toBe(1)
    expect(asked).toEqual(['start dateline@3001', 'restart dateline@3000'])
  })

  it.each([
    ['', /\/next$/, ['restart dateline@3000', 'try-restart dateline-ingest']],
    // As it is when the new release is not ready: the former one is started in its place.
    ['restart dateline@3000', /\/former$/, ['restart dateline@3000', 'restart dateline@3000']],
  ])('on a machine of a fleet starts no stand-in (%j fails)', async (failing, current, asked) => {
    const done = await update(failing, 'ROLE=web\nDATABASE_URL=postgres://db.example/dateline\n')
    expect(done).toEqual({
      status: failing === '' ? 0 : 1,
      asked,
      current: expect.stringMatching(current),
    })
  })
})
