import type { Dirent } from 'node:fs'
import { readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '#lib/node/describe-error.ts'
import {
  explainUnread,
  findHidden,
  findHiddenFolder,
  type Hidden,
  isMarkdownName,
  isProgramFolder,
} from './hidden-name.ts'

/** `path` is relative to the content folder, with forward slashes on every platform. */
export type ContentFile = { path: string; absolutePath: string }

export type ContentKind = 'article' | 'page' | 'author' | 'picture' | 'redirects'

/** Relative to the content folder. */
export const redirectsFile = 'redirects.txt'

/** By the ending of the name. An SVG is read as well, so that the check can say why it is refused. */
const pictureName = /\.(avif|gif|jpe?g|png|svg|tiff?|webp)$/i

/** Files of `media` that are no pictures and that browsers only show, play or save. */
const passiveName =
  /^media\/.*\.(?:csv|flac|json|m4a|mp[34]|og[agv]|opus|pdf|srt|txt|vtt|wav|webm|zip)$/i

/** Whether a path of the content folder is served as it is: sound, film and documents. */
export const isPassiveMedia = (path: string): boolean => passiveName.test(path)

/**
 * What a path of the content folder holds; undefined for what the site does not read (see `findHidden`).
 * `pages`, `authors` and `media` are folders at the top; all other Markdown is an article.
 */
export function contentKindOf(path: string): ContentKind | undefined {
  const top = path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined
  if (top === 'media') return pictureName.test(path) ? 'picture' : undefined
  if (path === redirectsFile) return 'redirects'
  if (!isMarkdownName(path) || findHidden(path)) return undefined
  return top === 'pages' ? 'page' : top === 'authors' ? 'author' : 'article'
}

/** What a content file may weigh, in bytes. A long article has 50 KB. */
export const maxFileBytes = 5 * 1024 * 1024
export const maxPictureBytes = 30 * 1024 * 1024

export const maxBytesOf = (path: string): number =>
  contentKindOf(path) === 'picture' ? maxPictureBytes : maxFileBytes

/** A file or folder that the walk has passed over, and why. */
export type UnreadFile = Hidden & { path: string }

/**
 * Every file below the content folder that the site reads (see `contentKindOf`), newest first as far
 * as paths tell: in each folder names descend (`2026` before `2025`, `12` before `11`), files before
 * folders.
 *
 * Hidden names, links, and what the site does not read are passed over, and so is a folder that vanishes
 * during the walk; `onUnread` receives each file that looks like content. Throws when the content folder
 * is missing or cannot be read, so that it is not taken for an empty one.
 */
export async function* listContentFiles(
  contentDir: string,
  onUnread?: (file: UnreadFile) => void,
): AsyncGenerator<ContentFile> {
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const names = await readNames(contentDir, folder)
    for (const entry of names) {
      const path = folder + entry.name
      if (entry.isFile() && isContentPath(path))
        yield { path, absolutePath: join(contentDir, path) }
      else if (onUnread) {
        const reason = await explainEntry(contentDir, path, entry)
        if (reason) onUnread({ path, ...reason })
      }
    }
    folders.push(
      ...names
        .filter((entry) => entry.isDirectory() && !isHiddenFolder(folder, entry.name))
        .map(({ name }) => `${folder}${name}/`)
        .reverse(),
    )
  }
}

/** In `media` only a dot hides: pictures are seen where a text names them. */
const isHiddenFolder = (parent: string, name: string): boolean =>
  parent.startsWith('media/')
    ? name.startsWith('.') || name === 'node_modules'
    : findHiddenFolder(name) !== undefined

async function explainEntry(
  contentDir: string,
  path: string,
  entry: Dirent,
): Promise<Hidden | undefined> {
  const isInMedia = path.startsWith('media/')
  if (entry.isSymbolicLink()) {
    const target = await readlink(join(contentDir, path)).catch(() => '')
    const found = `a link to ${target === '' ? 'something' : target.slice(0, 60)}`
    return { found, expected: 'the file or folder itself: links are not followed' }
  }
  if (entry.isDirectory()) {
    const reason = isInMedia ? undefined : findHiddenFolder(entry.name)
    if (!reason || isProgramFolder(entry.name)) return undefined
    const count = await countMarkdown(contentDir, path)
    if (count === 0) return undefined
    return { ...reason, found: `${reason.found}: ${count} Markdown file${count === 1 ? '' : 's'}` }
  }
  if (!entry.isFile()) return { found: 'a pipe, socket or device', expected: 'a file' }
  return (
    (isMarkdownName(entry.name) && !isInMedia && findHidden(path)) ||
    explainUnread(entry.name, isInMedia)
  )
}

/** Below a folder, without following links. Looks at no more than a thousand folders. */
async function countMarkdown(contentDir: string, folder: string): Promise<number> {
  const folders = [folder]
  let count = 0
  for (let at = 0; at < folders.length && at < 1000; at += 1) {
    const here = folders[at] ?? ''
    for (const entry of await readNames(contentDir, `${here}/`)) {
      if (entry.isDirectory()) folders.push(`${here}/${entry.name}`)
      else if (entry.isFile() && isMarkdownName(entry.name)) count += 1
    }
  }
  return count
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
    return names.sort(descending)
  } catch (cause) {
    const isMissing = codeOf(cause) === 'ENOENT'
    if (folder !== '' && isMissing) return []
    const reason = isMissing ? 'does not exist' : 'cannot be read'
    throw new Error(`The content folder ${join(contentDir, folder)} ${reason}`, { cause })
  }
}

/**
 * Whether the walk could list a path. For paths that come from elsewhere: none that is absolute or
 * leads out of the folder passes.
 */
export function isContentPath(path: string): boolean {
  const isListed = path
    .split('/')
    .every((name) => name !== '' && !name.startsWith('.') && name !== 'node_modules')
  return isListed && contentKindOf(path) !== undefined
}

function descending(a: Dirent, b: Dirent): number {
  return a.name < b.name ? 1 : a.name > b.name ? -1 : 0
}
