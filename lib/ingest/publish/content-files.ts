import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toTranslationPath } from '#lib/content/article-identity.ts'
import { toFileDigest } from '#lib/content/content-file.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { codeOf } from '#lib/node/describe-error.ts'
import type { IngestContext } from '../ingest-context.ts'
import { readFileStamp } from '../state/sync-known-articles.ts'
import { WorkerFailure } from '../workers/open-workers.ts'
import type { ExistingArticle } from './article-file.ts'
import type { ComposedArticle } from './compose-article.ts'

/**
 * Who wrote a file last: nobody, when there is none; ingest, whose checksum in it is valid; or a person.
 * Ingest never overwrites a person's file.
 */
export type Owner = 'nobody' | 'ingest' | 'person'

/** A file of the content folder; undefined when there is none. */
export async function readContentFile(
  contentDir: string,
  path: string,
): Promise<Buffer | undefined> {
  try {
    return await readFile(join(contentDir, path))
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined
    throw cause
  }
}

/** Who wrote a file last. Throws `WorkerFailure` when the file takes too long to read. */
export async function findOwner(
  { contentDir, workers }: Pick<IngestContext, 'contentDir' | 'workers'>,
  path: string,
): Promise<Owner> {
  const bytes = await readContentFile(contentDir, path)
  if (!bytes) return 'nobody'
  const { value: isOurs } = await workers.story('hasValidChecksum', bytes)
  return isOurs ? 'ingest' : 'person'
}

/**
 * Writes an article with its checksum, and then to the store. Throws `InvalidArticleError`, and writes
 * nothing, when the file could not be read back as an article. While a model writes, minutes pass: throws
 * an `Error`, and writes nothing, when a person has written the file meanwhile.
 */
export async function writeArticle(
  {
    contentDir,
    store,
    workers,
    writeFile,
  }: Pick<IngestContext, 'contentDir' | 'store' | 'workers' | 'writeFile'>,
  path: string,
  article: ComposedArticle,
  fingerprint: string,
): Promise<void> {
  const { value: file } = await workers.story('composeArticleFile', path, article, fingerprint)
  if ('problems' in file) throw new InvalidArticleError(file.problems)
  const current = await readContentFile(contentDir, path)
  if (current && !(await workers.story('hasValidChecksum', current)).value)
    throw editedMeanwhile(path)
  const bytes = new TextEncoder().encode(file.text)
  // Whoever goes on from here must know for which story the file is.
  await store.save()
  const written = await writeFile(path, bytes, current && toFileDigest(current))
  if (written === 'changed') throw editedMeanwhile(path)
  const stamp = readFileStamp(join(contentDir, path)) ?? ''
  store.transact(() => store.articles.write({ ...file.known, stamp }))
}

const editedMeanwhile = (path: string) =>
  new Error(`${path} was written by somebody else meanwhile and stays as it is.`)

/**
 * The article in a file; undefined when there is no file or no article in it. Throws `WorkerFailure`, with the file's
 * name, when it takes too long to read.
 */
export async function readArticle(
  { contentDir, workers }: Pick<IngestContext, 'contentDir' | 'workers'>,
  path: string,
): Promise<ExistingArticle | undefined> {
  const bytes = await readContentFile(contentDir, path)
  if (!bytes) return undefined
  try {
    return (await workers.story('parseExistingArticle', path, bytes)).value
  } catch (cause) {
    if (!(cause instanceof WorkerFailure)) throw cause
    throw new WorkerFailure(`${path} ${cause.message}`, { cause })
  }
}

/** An article and its translations, as far as they exist. */
export async function listVersions(
  context: Pick<IngestContext, 'contentDir' | 'config' | 'workers'>,
  path: string,
): Promise<(ExistingArticle & { path: string })[]> {
  const paths = new Set([
    path,
    ...context.config.languages.map((one) => toTranslationPath(path, one)),
  ])
  const versions: (ExistingArticle & { path: string })[] = []
  for (const one of paths) {
    const version = await readArticle(context, one)
    if (version) versions.push({ ...version, path: one })
  }
  return versions
}
