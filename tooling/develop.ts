import { type ChildProcess, spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { paperDir } from '#lib/site/read-environment.ts'

const root = resolve(import.meta.dirname, '..')

/**
 * What the server reads once, when it starts. Views, styles and the modules that pages import are
 * reloaded by the framework, content by the content process.
 */
const readAtStart =
  /^(?:(?:lib|server)\/.*\.tsx?|components\/.*\.browser\.ts|tooling\/build-.*\.ts|[^/]+\.config\.(?:ts|mjs)|\.env[^/]*|package\.json)$/

export const isReadAtStart = (path: string) =>
  readAtStart.test(path) && !/\.(?:test|contract)\.tsx?$/.test(path)

const watchedFolders = ['lib', 'server', 'components', 'tooling']

/** Of the folder of a publication, when that is not the engine's own. */
export const isReadOfPaper = (path: string) => /^(?:site\.config\.ts|\.env[^/]*)$/.test(path)

/**
 * `dateline dev`: runs the server and starts it again when something has changed that it reads only
 * once. Resolves with its exit code when it cannot start, or after a signal to stop.
 */
export function develop(): Promise<number> {
  const say = (line: string) => console.error(line)
  const paper = paperDir()
  const watched = [
    { folder: root, watchedFolders, isReadAtStart },
    ...(paper === root
      ? []
      : [{ folder: paper, watchedFolders: [], isReadAtStart: isReadOfPaper }]),
  ]
  return runAndRestart(['server/main.ts'], { folder: root, watched, say })
}

/**
 * A folder to watch. Paths are relative to it, with forward slashes: of its own files, and of all that
 * lies below `watchedFolders`.
 */
export type WatchedFolder = {
  folder: string
  watchedFolders: string[]
  isReadAtStart: (path: string) => boolean
}

/**
 * Runs a Node program in `folder` and starts it again when a watched file has changed for which
 * `isReadAtStart` answers true. Changes within a tenth of a second count as one.
 */
export function runAndRestart(
  parameters: string[],
  {
    folder,
    watched,
    say,
  }: { folder: string; watched: WatchedFolder[]; say: (line: string) => void },
): Promise<number> {
  const { promise, resolve: answer } = Promise.withResolvers<number>()
  const watchers = watched.flatMap(({ folder: from, watchedFolders, isReadAtStart }) =>
    ['', ...watchedFolders].map((path) =>
      watch(join(from, path), { recursive: path !== '' }, (_event, name) => {
        const changedPath = name === null ? '' : join(path, name).split(sep).join('/')
        if (isReadAtStart(changedPath)) notice(changedPath)
      }),
    ),
  )
  let child: ChildProcess
  let isRunning = false
  let starts = 0
  let changed: string | undefined
  let isStopping = false
  let timer: NodeJS.Timeout | undefined

  function notice(path: string): void {
    if (isStopping) return
    changed = path
    clearTimeout(timer)
    timer = setTimeout(() => (isRunning ? child.kill('SIGTERM') : start()), 100)
  }

  function start(): void {
    if (starts > 0) say(`${changed} has changed: starting again.`)
    starts += 1
    changed = undefined
    isRunning = true
    child = spawn(process.execPath, parameters, { stdio: 'inherit', cwd: folder })
    child.on('exit', (code) => {
      isRunning = false
      if (isStopping || (starts === 1 && changed === undefined)) return finish(code ?? 0)
      if (changed !== undefined) return start()
      // Probably a slip in a file that is being edited: the next change may mend it.
      say('The server has ended. It starts again when a file changes.')
    })
  }

  function stop(): void {
    isStopping = true
    if (isRunning) child.kill('SIGTERM')
    else finish(0)
  }

  function finish(code: number): void {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
    process.off('SIGINT', stop).off('SIGTERM', stop)
    answer(code)
  }

  process.on('SIGINT', stop).on('SIGTERM', stop)
  start()
  return promise
}
