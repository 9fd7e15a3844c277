import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** `path` is relative to the content folder, with forward slashes on every platform. */
export type ContentFile = { path: string; absolutePath: string }

/**
 * Every article file below the content folder, newest first as far as paths tell: in each folder
 * names descend (`2026` before `2025`, `12` before `11`), files before folders.
 *
 * Names that begin with a dot, `node_modules` and editors' leftovers are passed over, and symbolic
 * links are not followed. A folder that vanishes during the walk is passed over too; a content
 * folder that is missing or cannot be read throws, so that nobody takes it for an empty one.
 */
export async function* listContentFiles(contentDir: string): AsyncGenerator<ContentFile> {
  yield* walk(contentDir, '', await readRoot(contentDir))
}

async function* walk(dir: string, prefix: string, names: Dirent[]): AsyncGenerator<ContentFile> {
  const visible = names.filter(({ name }) => !isLeftover(name)).sort(descending)
  for (const { name } of visible.filter(isArticleFile)) {
    yield { path: prefix + name, absolutePath: join(dir, name) }
  }
  for (const { name } of visible.filter((entry) => entry.isDirectory())) {
    const child = join(dir, name)
    yield* walk(child, `${prefix}${name}/`, await readFolder(child))
  }
}

async function readRoot(contentDir: string): Promise<Dirent[]> {
  try {
    return await readdir(contentDir, { withFileTypes: true })
  } catch (cause) {
    throw new Error(`The content folder ${contentDir} cannot be read: is the path right?`, {
      cause,
    })
  }
}

async function readFolder(dir: string): Promise<Dirent[]> {
  try {
    return await readdir(dir, { withFileTypes: true })
  } catch (cause) {
    if (isMissing(cause)) return []
    throw new Error(`The folder ${dir} cannot be read`, { cause })
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}

function isLeftover(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || /(~|\.tmp|\.swp)$/.test(name)
}

function isArticleFile(entry: Dirent): boolean {
  return entry.isFile() && entry.name.endsWith('.md')
}

function descending(a: Dirent, b: Dirent): number {
  return a.name < b.name ? 1 : a.name > b.name ? -1 : 0
}
