import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** `path` is relative to the content folder, with forward slashes on every platform. */
export type ContentFile = { path: string; absolutePath: string }

/**
 * Every article file below the content folder, newest first as far as paths tell: in each folder
 * names descend (`2026` before `2025`, `12` before `11`), files before folders.
 *
 * Names that begin with a dot, `node_modules`, editors' leftovers and symbolic links are passed
 * over, and so is a folder that vanishes during the walk. A content folder that is missing or cannot
 * be read throws, so that nobody takes it for an empty one.
 */
export async function* listContentFiles(contentDir: string): AsyncGenerator<ContentFile> {
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const names = await readNames(contentDir, folder)
    for (const name of names) {
      if (!isArticleFile(name)) continue
      const path = folder + name.name
      yield { path, absolutePath: join(contentDir, path) }
    }
    folders.push(
      ...names
        .filter((name) => name.isDirectory())
        .map(({ name }) => `${folder}${name}/`)
        .reverse(),
    )
  }
}

async function readNames(contentDir: string, folder: string): Promise<Dirent[]> {
  try {
    const names = await readdir(join(contentDir, folder), { withFileTypes: true })
    return names.filter(({ name }) => !isLeftover(name)).sort(descending)
  } catch (cause) {
    if (folder !== '' && isMissing(cause)) return []
    const reason = isMissing(cause) ? 'does not exist' : 'cannot be read'
    throw new Error(`The content folder ${join(contentDir, folder)} ${reason}`, { cause })
  }
}

/**
 * Whether the walk could list a path. For paths that come from elsewhere: none that is absolute or
 * leads out of the folder passes.
 */
export function isContentPath(path: string): boolean {
  return path.endsWith('.md') && !path.split('/').some((name) => name === '' || isLeftover(name))
}

function isArticleFile(name: Dirent): boolean {
  return name.isFile() && name.name.endsWith('.md')
}

function isLeftover(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || /(~|\.tmp|\.swp)$/.test(name)
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}

function descending(a: Dirent, b: Dirent): number {
  return a.name < b.name ? 1 : a.name > b.name ? -1 : 0
}
