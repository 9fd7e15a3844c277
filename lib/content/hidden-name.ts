/** Endings of Markdown files, in any case. */
const markdownEnding = /\.(?:md|markdown|mdown|mkdn?)$/i

export const isMarkdownName = (name: string): boolean => markdownEnding.test(name)

export const withoutMarkdownEnding = (name: string): string => name.replace(markdownEnding, '')

/** Why the site does not read a file, and what would have to stand there; see `Problem`. */
export type Hidden = { found: string; expected: string }

/** Folders in which people keep what is not to be published. */
const unpublishedFolder =
  /^(?:drafts?|templates?|archetypes|scaffolds|чернетк[аи]|шаблони?|чорновики|\.trash|trash)$/iu

/** What programs leave beside the files that they change. They say nothing about the text. */
const leftover =
  /^~\$|^#.*#$|~(?:\d+~)?$|\.(?:tmp|temp|swp|swo|swx|bak|old|orig|rej|save|part|partial|crdownload|download)$|^~syncthing~|___jb_(?:tmp|old|bak)___$|\.(?:icloud|kate-swp)$/i

/**
 * Names that programs give to their second copy of a file when two people, or machines, have changed
 * it: Syncthing; Dropbox, Nextcloud, ownCloud and Obsidian; older Nextcloud; Resilio; Seafile; OneDrive;
 * git's mergetool; Finder, Windows, Google Drive and iCloud. Those with a space can be no slug anyway.
 */
const copies: readonly [name: RegExp, by: string][] = [
  [/\.sync-conflict-\d{8}-\d{6}(?:-\w+)?$/i, 'Syncthing'],
  [
    /\([^()]*(?:conflicted copy|case conflict|conflict|конфлікт|конфликт|konflikt)[^()]*\)$/iu,
    'a cloud folder',
  ],
  [/[ _-]conflict(?:ed copy)?-\d{8}-\d{6}$/i, 'Nextcloud'],
  [/\.conflict(?:ed)?\d*$/i, 'Resilio Sync'],
  [/\.(?:bak|backup|orig)$/i, 'an editor'],
  [/-(?:DESKTOP|LAPTOP|PC|WIN|MACBOOK|IMAC)-?[A-Z0-9]{4,}(?:-\d+)?$/, 'OneDrive'],
  [/_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+$/, 'git'],
  [/^(?:copy of|копія|копия|kopia) .+$/iu, 'a cloud folder'],
  [/ (?:- )?(?:copy|копія|копия|kopia)(?: ?\(?\d+\)?)?$/iu, 'the desktop'],
  [/ ?\(\d{1,3}\)$/, 'a browser or a cloud folder'],
  [/ \d{1,2}$/, 'iCloud'],
]

const keptByProgram: Hidden = {
  found: 'a copy that an editor or a program keeps',
  expected: 'nothing; it is not read',
}

/**
 * Whether a Markdown file is kept from readers by its path: by a name that other tools hide as well
 * (`_x.md`, `.x.md`), by a folder for drafts or templates, or because it is a copy that a program has made.
 * `path` is relative to the content folder, with forward slashes. Undefined: it is read.
 */
export function findHidden(path: string): Hidden | undefined {
  const folders = path.normalize('NFC').split('/')
  const name = folders.pop() ?? ''
  for (const folder of folders) {
    const reason = findHiddenFolder(folder)
    if (reason) return reason
  }
  if (leftover.test(name)) {
    return {
      found: 'a copy that an editor or a program keeps',
      expected: 'nothing; it is not read',
    }
  }
  if (/^[._]/.test(name)) {
    return {
      found: `a name that begins with ${name[0]}, which hides the file`,
      expected: 'another name, if it is to be published',
    }
  }
  const slug = withoutMarkdownEnding(name)
  const copy = copies.find(([pattern]) => pattern.test(slug))
  if (!copy) return undefined
  return {
    found: `a copy with the name that ${copy[1]} gives to second versions`,
    expected: 'one file: compare both and delete the copy; it is not read',
  }
}

/** The same of one folder's name. */
export function findHiddenFolder(name: string): Hidden | undefined {
  if (/^[._]/.test(name)) {
    const found = `a folder that begins with ${name[0]}, which hides what is in it`
    return { found, expected: 'another name, if it is to be published' }
  }
  if (name === 'node_modules' || !unpublishedFolder.test(name.normalize('NFC'))) {
    return name === 'node_modules'
      ? { found: 'a folder of packages', expected: 'nothing; it is not read' }
      : undefined
  }
  const found = `a folder ${name}, which hides what is in it`
  return { found, expected: 'another folder, if it is to be published' }
}

/** Folders of programs in which nobody looks for articles. */
export const isProgramFolder = (name: string): boolean =>
  /^(?:node_modules|\.git|\.hg|\.svn|\.obsidian|\.vscode|\.idea|\.stfolder|\.stversions|\.DS_Store)$/.test(
    name,
  )

/**
 * Why a file that holds nothing for the site is not read; undefined for what nobody would expect
 * there. `isInMedia`: below the folder of pictures.
 */
export function explainUnread(name: string, isInMedia: boolean): Hidden | undefined {
  if (leftover.test(name) || name.startsWith('.#')) {
    return /\.(?:md|markdown)\b/i.test(name) ? keptByProgram : undefined
  }
  if (/^(?:\.|Thumbs\.db$|desktop\.ini$|Icon\r?$)/i.test(name)) return undefined
  if (isMarkdownName(name)) {
    return { found: 'Markdown in media', expected: 'it in articles, pages or authors' }
  }
  if (isInMedia) return undefined
  if (/\.mdx$/i.test(name)) {
    const expected = 'Markdown with the ending .md, without components and code'
    return { found: 'an MDX file, which is not read', expected }
  }
  if (/\.(?:avif|gif|jpe?g|png|svg|tiff?|webp|heic|mp[34]|webm|m4a|ogg|wav|mov|pdf)$/i.test(name)) {
    const expected = 'pictures and sounds in content/media'
    return { found: 'a file that is not read here', expected }
  }
  const ending = /\.[^.]{1,12}$/.exec(name)?.[0]
  const found = ending
    ? `a file with the ending ${ending}, which is not read`
    : 'a file without an ending'
  return { found, expected: 'Markdown with the ending .md' }
}
