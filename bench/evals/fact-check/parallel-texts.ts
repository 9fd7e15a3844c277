import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export type Language = 'en' | 'uk'

/** The same text in both languages, paragraph by paragraph. */
export type ParallelText = {
  name: string
  /** As many in one language as in the other. */
  en: string[]
  uk: string[]
  /** Not looked at while the fact check is improved. */
  isHeldOut: boolean
}

const sampleEdition = join(import.meta.dirname, '../../../content/articles')

/** News of the sample edition. It came after the fact check was written, and is held out as a whole. */
const inventedNews = /^ {2}key: sample_wire$/m

/**
 * The articles of the sample edition that exist in both languages with the same paragraphs. Every
 * second explainer, in the order of their names, is held out. News does not count in that order, so
 * that a story more or less moves no explainer to the other half.
 */
export function listSampleTexts(): ParallelText[] {
  const paths = readdirSync(join(sampleEdition, 'uk'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .toSorted()
  const texts = paths.flatMap((path) => {
    const [en, uk] = (['en', 'uk'] as const).map((language) =>
      readArticle(join(sampleEdition, language, path)),
    )
    if (!en || !uk || en.length !== uk.length) return []
    const isNews = inventedNews.test(readFileSync(join(sampleEdition, 'uk', path), 'utf8'))
    return [{ name: basename(path, '.md'), en, uk, isNews }]
  })
  const [news = [], explainers = []] = [true, false].map((isNews) =>
    texts.filter((text) => text.isNews === isNews),
  )
  return [
    ...explainers.map((text, number) => ({ ...text, isHeldOut: number % 2 === 1 })),
    ...news.map((text) => ({ ...text, isHeldOut: true })),
  ]
}

/**
 * The texts of a folder outside the repository: pairs of files `<name>.en` and `<name>.uk`, a sentence
 * a line, an empty line between articles. Files whose name ends in `-held` are held out.
 */
export function listTextsOf(folder: string): ParallelText[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.en'))
    .map((file) => basename(file, '.en'))
    .toSorted()
  return names.flatMap((name) => {
    const [en = [], uk = []] = (['en', 'uk'] as const).map((language) =>
      readFileSync(join(folder, `${name}.${language}`), 'utf8')
        .trim()
        .split(/\n\s*\n/)
        .map((article) => article.split('\n').map((line) => line.trim())),
    )
    return en.flatMap((lines, number) => {
      const others = uk[number]
      if (others?.length !== lines.length) {
        throw new Error(`${name}: article ${number + 1} has other lines in English and Ukrainian`)
      }
      const isHeldOut = name.endsWith('-held')
      return [{ name: `${name} ${number + 1}`, en: lines, uk: others, isHeldOut }]
    })
  })
}

/** Title, description and paragraphs of an article, without Markdown and code. */
function readArticle(file: string): string[] | undefined {
  let written: string
  try {
    written = readFileSync(file, 'utf8')
  } catch {
    // The other language has no such article.
    return undefined
  }
  const [, front = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(written) ?? []
  const field = (name: string) =>
    (new RegExp(`^${name}: (?:'(.*)'|(.*))$`, 'm').exec(front) ?? []).slice(1).join('')
  const paragraphs = body
    .replace(/^```.*?^```/gms, '')
    .split(/\n\s*\n/)
    .map(toPlain)
    .filter((paragraph) => /\p{L}/u.test(paragraph))
  return [field('title'), field('description'), ...paragraphs].map((text) =>
    text.replaceAll("''", "'"),
  )
}

function toPlain(markdown: string): string {
  return markdown
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/\[\^\w+\]:?/g, '')
    .replace(/^(?:#+|[-*>]|\d+\.)\s+/gm, '')
    .replace(/[*_`|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
