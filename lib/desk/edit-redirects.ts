import { readContentFile } from '#lib/content/content-file.ts'
import { redirectsFile } from '#lib/content/read-content-folder.ts'
import { parseRedirects, type Redirect } from '#lib/content/redirects.ts'
import type { Actor, Desk } from './open-desk.ts'
import { openFile, type SaveOutcome, saveFile } from './save-file.ts'

/** The redirects of the content folder, and the digest that a change begins from. */
export async function listRedirects(
  desk: Desk,
): Promise<{ redirects: Redirect[]; digest: string | undefined }> {
  const file = await openFile(desk, redirectsFile)
  if (!file) return { redirects: [], digest: undefined }
  return { redirects: parseRedirects(file).redirects, digest: file.digest }
}

/**
 * Adds a redirect at the end of `redirects.txt`, which is made when it is missing. `to` is undefined for
 * what is gone. Refused when the line could not be followed, with the reason.
 */
export async function addRedirect(
  desk: Desk,
  {
    from,
    to,
    base,
    by,
  }: { from: string; to: string | undefined; base: string | undefined; by: Actor },
): Promise<SaveOutcome> {
  const line = to === undefined ? `${from} 410` : `${from} ${to}`
  if (/[\r\n]/.test(line) || /\s/.test(from) || (to !== undefined && /\s/.test(to))) {
    return { kind: 'refused', reasons: ['An address has no spaces.'], problems: [] }
  }
  const before = (await readText(desk)) ?? ''
  const text = `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`
  const path = redirectsFile
  const known = parseRedirects({ path, bytes: new TextEncoder().encode(before) }).problems.length
  const { problems } = parseRedirects({ path, bytes: new TextEncoder().encode(text) })
  const errors = problems.slice(known).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    const reasons = errors.map(({ found, expected }) => `Found ${found}, expected ${expected}.`)
    return { kind: 'refused', reasons, problems: errors }
  }
  return saveFile(desk, { path, base, edit: { text }, by, note: `Redirect ${line}` })
}

/** Removes the line of a redirect. */
export async function removeRedirect(
  desk: Desk,
  { from, base, by }: { from: string; base: string; by: Actor },
): Promise<SaveOutcome> {
  const { redirects } = await listRedirects(desk)
  const redirect = redirects.find((one) => one.from === from)
  const before = await readText(desk)
  if (!redirect || before === undefined) {
    return { kind: 'refused', reasons: [`Nothing redirects from ${from}.`], problems: [] }
  }
  const text = before
    .split('\n')
    .filter((_, at) => at !== redirect.line - 1)
    .join('\n')
  const note = `No redirect from ${from}`
  return saveFile(desk, { path: redirectsFile, base, edit: { text }, by, note })
}

async function readText(desk: Desk): Promise<string | undefined> {
  const bytes = await readContentFile(desk.contentDir, redirectsFile, ['redirects'])
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
