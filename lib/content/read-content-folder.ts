import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** `path` is relative to the content folder, with forward slashes on every platform. */
export type ContentFile = { path: string; absolutePath: string }

export type ContentKind = 'article' | 'page' | 'author' | 'picture' | 'redirects'

/** Relative to the content folder. */
export const redirectsFile = 'redirects.txt'

/** By the ending of the name. An SVG is read as well, so that the check can say why it is refused. */
const pictureName = /\.(avif|gif|jpe?g|png|svg|tiff?|webp)$/i

/**
 * What a path of the content folder holds; undefined for what the site does not read. `pages`,
 * `authors` and `media` are folders at the top; all other Markdown is an article.
 */
export function contentKindOf(path: string): ContentKind | undefined {
  const top = path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined
  if (top === 'media') return pictureName.test(path) ? 'picture' : undefined
  if (path === redirectsFile) return 'redirects'
  if (!path.endsWith('.md')) return undefined
  return top === 'pages' ? 'page' : top === 'authors' ? 'author' : 'article'
}

/**
 * Every file below the content folder that the site reads (see `contentKindOf`), newest first as far as paths tell: in each folder
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
      const path = folder + name.name
      if (!name.isFile() || contentKindOf(path) === undefined) continue
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

/** The articles among them. */
export async function* listArticleFiles(contentDir: string): AsyncGenerator<ContentFile> {
  for await (const file of listContentFiles(contentDir)) {
    if (contentKindOf(file.path) === 'article') yield file
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
  const isListed = !path.split('/').some((name) => name === '' || isLeftover(name))
  return isListed && contentKindOf(path) !== undefined
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
