import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { load } from 'js-yaml'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import { type PluggableList, unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { splitFrontMatter } from '#lib/content/front-matter/front-matter-block.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import { listArticleFiles } from '#lib/content/read-content-folder.ts'
import { articleSchemaFile, toArticleSchema } from './article-schema.ts'

const root = resolve(import.meta.dirname, '..')
const accepts = new Ajv({ strict: false }).compile(JSON.parse(toArticleSchema()))

/** As an editor reads it: the front matter as YAML 1.2. Undefined where there is none to be read. */
function readAsEditor(bytes: Uint8Array): unknown {
  const block = splitFrontMatter(new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n'))
  try {
    return 'yaml' in block ? load(block.yaml) : undefined
  } catch {
    return undefined
  }
}

function problemsOf(path: string, bytes: Uint8Array): Problem[] {
  try {
    return parseArticle({ path, bytes }).warnings
  } catch (error) {
    if (error instanceof InvalidArticleError) return error.problems
    throw error
  }
}

/** Of fields that the file leaves out nothing is found. */
const isAboutFields = ({ field }: Problem) => field !== 'file' && field !== 'body'

it('is the file that editors are given', () => {
  const written = JSON.parse(readFileSync(join(root, articleSchemaFile), 'utf8'))
  expect(written).toEqual(JSON.parse(toArticleSchema()))
})

it.each(['content', 'e2e/content'])('accepts and refuses what we do in %s', async (folder) => {
  const disagreements: string[] = []
  for await (const { path, absolutePath } of listArticleFiles(join(root, folder))) {
    const bytes = readFileSync(absolutePath)
    const fields = readAsEditor(bytes)
    if (fields === undefined) continue
    const problems = problemsOf(path, bytes).filter(isAboutFields)
    const isRefused = problems.some(({ severity }) => severity === 'error')
    const isAccepted = accepts(fields)
    if (isRefused && isAccepted) disagreements.push(`${path}: accepted, which we refuse`)
    if (!isAccepted && problems.length === 0) {
      disagreements.push(`${path}: refused: ${JSON.stringify(accepts.errors?.[0])}`)
    }
  }
  expect(disagreements).toEqual([])
})

const required = { title: 'A', publishedAt: '2026-03-01T09:30:00Z', category: 'MARKETS' }

it.each([
  [{}, true],
  [{ title: 2026 }, true],
  [{ score: 5, stickyWeight: '1.5', draft: 'TRUE', noindex: false, tags: 'A, B' }, true],
  [{ coverImage: 'media/photo.jpg', authors: ['olena'], translationKey: 'vault' }, true],
  [{ coverImage: { raw: '/covers/a.webp', alt: 'A' } }, true],
  [{ title: undefined }, false],
  [{ title: ' ' }, false],
  [{ publishedAt: 'yesterday' }, false],
  [{ draft: 'perhaps' }, false],
  [{ lang: 'xx' }, false],
  [{ titel: 'A' }, false],
  [{ corrections: [{ at: '2026-03-01T09:30:00Z' }] }, false],
])('says of %j: %s', (more, expected) => {
  expect(accepts(JSON.parse(JSON.stringify({ ...required, ...more })))).toBe(expected)
})

describe('the settings of the editor', () => {
  /** What the editor underlines: `field of line: message`. */
  async function lint(path: string, frontMatter: string): Promise<string[]> {
    // By a path that is made here: the file has no types.
    const config: { plugins: PluggableList } = (await import(join(root, '.remarkrc.mjs'))).default
    const { messages } = await unified()
      .use(remarkParse)
      .use(config.plugins)
      .use(remarkStringify)
      .process({ path, cwd: root, value: `---\n${frontMatter}\n---\nText\n` })
    return messages.map(({ line, reason }) => `${line}: ${reason.split(' • ')[0]}`)
  }

  it('underline what is wrong in the front matter of an article, in its line', async () => {
    const wrong = ['title: A', 'publishedAt: yesterday', 'category: MARKETS', 'titel: B']
    const found = await lint('content/articles/en/2026/11/a.md', wrong.join('\n'))
    expect(found).toContainEqual(expect.stringMatching(/^3: Must match pattern/))
    expect(found).toContainEqual(expect.stringMatching(/Must NOT have additional properties/))
  })

  it('underline nothing that is right, and nothing in other files', async () => {
    const right = 'title: 2026\npublishedAt: 2026-11-20T09:30:00Z\ncategory: MARKETS\ntags: A, B'
    expect(await lint('content/articles/en/2026/11/a.md', right)).toEqual([])
    expect(await lint('content/pages/en/contact.md', 'title: Contact')).toEqual([])
  })
})
