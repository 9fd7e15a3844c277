import '#lib/site/load-site.ts'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Report, typedFrom } from '#cli/command.ts'
import type { Cover } from '#lib/content/article.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { listArticleFiles } from '#lib/content/read-content-folder.ts'
import { siteEnv } from '#lib/site/env.ts'
import { drawCoverArt } from './cover-art.ts'
import { type CoverFileName, isCoverFileName, rasterCover } from './raster-cover.ts'

type WantedCover = { category: string; names: Set<CoverFileName> }

/**
 * `dateline covers:draw`: draws the covers that articles expect under `/covers/<slug>/` into
 * `public/covers/`. Files that are there stay as they are, unless `force` is set. The folder's name is
 * the seed.
 */
export async function drawCovers(
  folder: string | undefined,
  { force = false }: { force?: boolean },
): Promise<Report> {
  const contentDir = folder === undefined ? siteEnv().contentDir : resolve(typedFrom(), folder)
  const publicDir = resolve(import.meta.dirname, '../../public')
  const wanted = new Map<string, WantedCover>()
  let unreadable = 0
  for await (const { path, absolutePath } of listArticleFiles(contentDir)) {
    const article = parseOrSkip(path, await readFile(absolutePath))
    if (!article?.cover) continue
    for (const { folder, name } of listOwnFiles(article.cover)) {
      const cover = wanted.get(folder) ?? { category: article.category, names: new Set() }
      wanted.set(folder, { ...cover, names: cover.names.add(name) })
    }
  }

  let [drawn, bytes] = [0, 0]
  for (const [folder, { category, names }] of wanted) {
    const dir = join(publicDir, 'covers', folder)
    const missing = [...names].filter((name) => force || !existsSync(fileIn(dir, name)))
    if (missing.length === 0) continue
    await mkdir(dir, { recursive: true })
    const svg = drawCoverArt(folder, category)
    for (const name of missing) {
      const file = await rasterCover(svg, name)
      await writeFile(fileIn(dir, name), file)
      drawn += 1
      bytes += file.length
    }
  }
  const skipped =
    unreadable > 0 ? `; ${unreadable} content files passed over (see npx dateline check)` : ''
  return {
    text: `${wanted.size} covers wanted, ${drawn} files drawn, ${Math.round(bytes / 1024)} KiB${skipped}`,
    json: { wanted: wanted.size, drawn, bytes, unreadable },
  }

  function parseOrSkip(path: string, content: Uint8Array) {
    try {
      return parseArticle({ path, bytes: content }).article
    } catch (error) {
      if (!(error instanceof InvalidArticleError)) throw error
      unreadable += 1
      return undefined
    }
  }
}

function listOwnFiles(cover: Cover): { folder: string; name: CoverFileName }[] {
  const files: { folder: string; name: CoverFileName }[] = []
  for (const url of [cover.raw, cover.full, cover.regular, cover.small, cover.thumb]) {
    const [, folder, name] = /^\/covers\/([^/.%?#][^/%?#]*)\/(\w+)\.webp$/.exec(url ?? '') ?? []
    if (folder && name && isCoverFileName(name)) files.push({ folder, name })
  }
  return files
}

function fileIn(dir: string, name: CoverFileName): string {
  return join(dir, `${name}.webp`)
}
