import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import type { Actor, Desk } from './open-desk.ts'

/** How long git may take, in ms, and how often it is tried again when another git is at work. */
const longest = 30_000
const mostAttempts = 5

/**
 * Commits one file, in the name of an editor, where the content folder is in a git checkout. What else
 * is staged or changed there is left as it is. A commit that fails is logged; the file is written and in
 * the history all the same.
 */
export async function commitFile(
  { contentDir, log }: Pick<Desk, 'contentDir' | 'log'>,
  path: string,
  { name, email }: Actor,
  message: string,
): Promise<void> {
  const author = {
    name: name.replace(/[<>\p{Cc}]/gu, ' ').trim() || 'An editor',
    email: (email ?? '').replace(/[<>\s\p{Cc}]/gu, '') || 'desk@localhost',
  }
  const run = (...parameters: string[]) => runGit(contentDir, author, parameters)
  for (let attempt = 1; ; attempt += 1) {
    const added = await run('add', '--all', '--', path)
    const result =
      added.error === undefined
        ? await run('commit', '--quiet', '--only', '--message', message, '--', path)
        : added
    if (result.error === undefined) return
    const isLocked = result.error.includes('index.lock')
    if (!isLocked || attempt === mostAttempts) {
      log.error(`${path} is saved, but could not be committed: ${result.error}`)
      return
    }
    await wait(50 * attempt)
  }
}

function runGit(
  folder: string,
  { name, email }: { name: string; email: string },
  parameters: string[],
): Promise<{ error: string | undefined }> {
  // A file name is never a pattern, and nobody is there to type a passphrase.
  const settings = ['--literal-pathspecs', '-c', 'commit.gpgSign=false']
  const people = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_TERMINAL_PROMPT: '0',
  }
  return new Promise((done) => {
    execFile(
      'git',
      [...settings, ...parameters],
      { cwd: folder, timeout: longest, env: { ...process.env, ...people } },
      (error, out, err) => {
        const said = `${err}${out}`.trim()
        done({ error: error ? said || error.message : undefined })
      },
    )
  })
}
