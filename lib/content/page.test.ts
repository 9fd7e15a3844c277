import { describe, expect, it } from 'vitest'
import { parseAuthor } from './author.ts'
import { parsePage } from './page.ts'
import { InvalidArticleError } from './problem.ts'

const file = (path: string, text: string) => ({ path, bytes: Buffer.from(text) })
const page = (path: string, text = '---\ntitle: Imprint\n---\nText.\n') =>
  parsePage(file(path, text))

function problemsOf(parse: () => unknown): string[] {
  try {
    parse()
  } catch (error) {
    if (error instanceof InvalidArticleError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('parsePage', () => {
  it('takes language and name from the path', () => {
    expect(page('pages/uk/imprint.md').page).toMatchObject({ locale: 'uk', name: 'imprint' })
    expect(page('pages/uk/про-нас.md').page?.name).toBe('про-нас')
  })

  it.each(['about-us', 'contact', 'rss'])('lets an editor call a page %s', (name) => {
    expect(page(`pages/en/${name}.md`).page?.name).toBe(name)
  })

  it.each([
    'latest',
    'article',
    'author',
    'search',
    'feeds',
    'api',
    'media',
    'livez',
    'uk',
    'en',
    'preview',
  ])('refuses the name %s, which the site itself answers', (name) => {
    expect(problemsOf(() => page(`pages/en/${name}.md`))).toEqual([
      `pages/en/${name}.md:1 file found "${name}", expected another name: the site itself answers at /${name}`,
    ])
  })

  it.each([
    'pages/imprint.md',
    'pages/xx/imprint.md',
    'pages/en/deep/imprint.md',
    'pages/en/Im print.md',
    'pages/en/rss.xml.md',
    'pages/en/-a.md',
  ])('refuses %s and says what was expected', (path) => {
    expect(problemsOf(() => page(path))).toEqual([
      expect.stringMatching(/:1 file found .*expected a/),
    ])
  })

  it('is nothing while it is a draft, and an error when nobody knows whether it is one', () => {
    expect(page('pages/en/a.md', '---\ntitle: A\ndraft: true\n---\nText.\n').page).toBeUndefined()
    expect(
      problemsOf(() => page('pages/en/a.md', '---\ntitle: A\ndraft: perhaps\n---\nText.\n')),
    ).toEqual(['pages/en/a.md:3 draft found "perhaps", expected true or false'])
  })

  it('names a field that it does not know, and the nearest one', () => {
    const { warnings } = page('pages/en/a.md', '---\ntitle: A\ndescripton: B\n---\nText.\n')
    expect(warnings).toMatchObject([
      { line: 3, field: 'descripton', expected: expect.stringContaining('description') },
    ])
  })
})

describe('parseAuthor', () => {
  const author = (path: string, more = '') =>
    parseAuthor(file(path, `---\nname: Olena\n${more}---\n`))

  it('takes the key and perhaps a language from the path', () => {
    expect(author('authors/olena-koval.md')).toMatchObject({
      locale: undefined,
      author: { key: 'olena-koval' },
      warnings: [],
    })
    expect(author('authors/olena.uk.md')).toMatchObject({ locale: 'uk', author: { key: 'olena' } })
  })

  it.each(['authors/Olena.md', 'authors/a/olena.md', 'authors/olena_k.md'])(
    'refuses %s',
    (path) => {
      expect(problemsOf(() => author(path))).toEqual([
        expect.stringContaining('expected authors/<key>.md'),
      ])
    },
  )

  it('leaves out a link and a picture that could run something', () => {
    const read = author(
      'authors/olena.md',
      'picture: "javascript:alert(1)"\nlinks:\n  - { name: A, url: "javascript:alert(1)" }\n',
    )
    expect(read.author).toMatchObject({ links: [], picture: undefined })
    expect(read.warnings.map(({ line, field }) => `${line} ${field}`)).toEqual([
      '3 picture',
      '5 links.0.url',
    ])
  })

  it('takes a picture of the media folder as it is written there', () => {
    expect(author('authors/olena.md', 'picture: media/olena k.jpg\n').author?.picture).toBe(
      '/media/olena%20k.jpg',
    )
  })
})
