import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { canInstallDebianPackages, installDebianPackages } from '#tooling/debian-packages.ts'

/** What `dateline.nginx.conf` asks to be filled in. Folders are absolute paths. */
export type NginxSettings = {
  /** Where nginx listens, on 127.0.0.1. */
  port: number
  /** Where the servers listen, on 127.0.0.1. */
  servers: OneMachine | Fleet
  publicDir: string
  assetsDir: string
}

/** The server, and the one that stands in for it. */
type OneMachine = { server: number; standIn: number }

/** The servers for readers, and those for editors. */
type Fleet = { readers: number[]; editors: number[] }

/** `pid` is that of the master, whose children do the work. */
export type NginxProcess = { url: string; pid: number; stop: () => Promise<void> }

/** Where nginx is: on the PATH, or where Debian puts it. `undefined` when it is not installed. */
export function findNginx(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, 'nginx')).find((file) => existsSync(file))
}

/**
 * `findNginx`, and when that finds none: installs Debian's, where that is possible and starts no
 * service. Returns `undefined`, after a message, when there is none.
 */
export async function obtainNginx(): Promise<string | undefined> {
  const found = findNginx()
  if (found) return found
  if (canInstallDebianPackages() && !existsSync('/run/systemd/system')) {
    console.log('Installing nginx …')
    await installDebianPackages(['nginx'])
  }
  const installed = findNginx()
  if (!installed) console.log('The tests of deploy/ are skipped: they need nginx.')
  return installed
}

/**
 * Runs nginx with the site's own configuration, everything it writes under `folder`. `furtherServers`
 * are put beside the site, into the http context. Rejects with nginx's own words when it does not
 * start.
 */
export async function startNginx(
  nginx: string,
  { folder, furtherServers = '', ...settings }: NginxSettings & NginxFolder,
): Promise<NginxProcess> {
  await mkdir(folder, { recursive: true })
  const read = (name: string) => readFile(join(import.meta.dirname, `${name}.nginx.conf`), 'utf8')
  const [site, desk] = toValues(folder, settings)
  for (const [name, values] of [
    ['dateline', { ...site, ...desk }],
    ['desk', desk],
  ] as const) {
    await writeFile(join(folder, `${name}.conf`), replaceEach(await read(name), values))
  }
  const { servers } = settings
  const filled =
    'readers' in servers
      ? fillInFleet(await read('fleet'), servers)
      : replaceEach(await read('one-machine'), {
          '127.0.0.1:3000': `127.0.0.1:${servers.server}`,
          '127.0.0.1:3001': `127.0.0.1:${servers.standIn}`,
        })
  await writeFile(join(folder, 'servers.conf'), filled)
  await writeFile(join(folder, 'further.conf'), furtherServers)
  await writeFile(join(folder, 'nginx.conf'), surroundings(nginx))

  const parameters = ['-p', folder, '-c', 'nginx.conf', '-e', join(folder, 'error.log')]
  const child = spawn(nginx, parameters, { stdio: ['ignore', 'ignore', 'pipe'] })
  const complaints: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
  if (!(await isListening(settings.port, child))) {
    await stop(child)
    throw new Error(`nginx did not start: ${Buffer.concat(complaints).toString()}`)
  }
  const url = `http://127.0.0.1:${settings.port}`
  return { url, pid: child.pid ?? 0, stop: () => stop(child) }
}

type NginxFolder = { folder: string; furtherServers?: string }

/** A port nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('no port is free')
  return address.port
}

/** What takes the place of what stands in the configuration: of the site alone, and of the desk as well. */
function toValues(
  folder: string,
  { port, publicDir, assetsDir }: NginxSettings,
): [Record<string, string>, Record<string, string>] {
  const ofSite = {
    '/srv/dateline/current/public': publicDir,
    '/srv/dateline/assets': assetsDir,
    '/var/cache/nginx-dateline': join(folder, 'cache'),
    // On a busy machine 60 ms may pass while the first of many is answered.
    'proxy_cache_lock_timeout 60ms': 'proxy_cache_lock_timeout 20s',
  }
  const ofBoth = {
    '\n    listen 80;\n    listen [::]:80;': `\n    listen 127.0.0.1:${port};`,
    '/var/log/nginx/dateline.log': join(folder, 'access.log'),
  }
  return [ofSite, ofBoth]
}

/** As many lines as there are servers, each with all that the lines of the file say. */
function fillInFleet(configuration: string, { readers, editors }: Fleet): string {
  const fill = (text: string, kind: string, ports: number[]) => {
    const lines = Array.from(
      text.matchAll(new RegExp(` *server dateline-${kind}.*\\n`, 'g')),
      String,
    )
    const filled = ports.map((port, i) =>
      String(lines[Math.min(i, lines.length - 1)]).replace(/dateline-[^ ]*/, `127.0.0.1:${port}`),
    )
    return replaceEach(text, { [lines.join('')]: filled.join('') })
  }
  return fill(fill(configuration, 'web', readers), 'writer', editors)
}

/** Throws when the configuration does not hold what it says it holds: nothing is left unfilled. */
function replaceEach(configuration: string, values: Record<string, string>): string {
  let filled = configuration
  for (const [standing, value] of Object.entries(values)) {
    if (!filled.includes(standing)) throw new Error(`the configuration does not hold ${standing}`)
    filled = filled.replaceAll(standing, value)
  }
  return filled
}

/** What the system's own nginx.conf does for the site, for any user and within one folder. */
function surroundings(nginx: string): string {
  // As root, nginx would hand the temporary folder to a user who may not enter it.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const temporaryFolders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
    ${user}
    daemon off;
    worker_processes auto;
    pid nginx.pid;
    error_log error.log;
    events { worker_connections 1024; }
    http {
      include ${mimeTypes(nginx)};
      default_type application/octet-stream;
      ${temporaryFolders.map((name) => `${name}_temp_path temporary-${name};`).join(' ')}
      include servers.conf;
      include dateline.conf;
      include desk.conf;
      include further.conf;
    }`
}

/** The list of media types that comes with nginx stands beside its own nginx.conf. */
function mimeTypes(nginx: string): string {
  const { stderr } = spawnSync(nginx, ['-V'], { encoding: 'utf8' })
  const file = /--conf-path=(\S+)/.exec(stderr)?.[1] ?? '/etc/nginx/nginx.conf'
  return join(dirname(file), 'mime.types')
}

/** Waits for a port of this machine, as long as the process runs that is to listen there. */
export async function isListening(port: number, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return true
    await wait(50)
  }
  return false
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
