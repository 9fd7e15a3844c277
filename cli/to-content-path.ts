import { relative, resolve, sep } from 'node:path'

/**
 * What somebody typed for a content file → its path relative to the content folder, with forward
 * slashes: `content/articles/en/a.md` as well as `articles/en/a.md`. The file need not exist.
 */
export function toContentPath(contentDir: string, typed: string): string {
  const inFolder = relative(contentDir, resolve(typed))
  const isInFolder = inFolder !== '..' && !inFolder.startsWith(`..${sep}`)
  const path = isInFolder && resolve(contentDir, inFolder) === resolve(typed) ? inFolder : typed
  return path.split(sep).join('/')
}
