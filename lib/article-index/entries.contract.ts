import { describe, expect, it } from 'vitest'
import type { Article, EditorPage } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import type { ContentEntry } from '#lib/content/parse-content-file.ts'
import type { ArticleIndex } from './article-index.ts'
import type { FileChange } from './writes/article-writer.ts'

type Subject = {
  index: ArticleIndex
  apply: (change: FileChange) => Promise<void>
  add: (article: Article) => Promise<void>
}

/** What every index answers about pages, authors, redirects, pictures and translations. */
export function describeEntries(name: string, open: () => Subject | Promise<Subject>): void {
  describe(`${name}: what is no article`, () => testEntries(open))
}

function testEntries(open: () => Subject | Promise<Subject>): void {
  const page = (title: string): EditorPage => ({
    locale: 'en',
    name: 'imprint',
    title,
    description: '',
    updatedAt: undefined,
    noindex: false,
    inFooter: true,
    body: 'Text.',
  })
  const author = (name: string) => ({
    key: 'olena',
    name,
    role: undefined,
    bio: undefined,
    links: [],
    picture: undefined,
    body: '',
  })
  const written = (path: string, ...entries: ContentEntry[]): FileChange => ({
    kind: 'entries',
    file: { path, fingerprint: path, digest: JSON.stringify(entries) },
    entries,
    problems: [],
  })
  const pageEntry = (title: string): ContentEntry => ({
    kind: 'page',
    locale: 'en',
    key: 'imprint',
    value: page(title),
  })

  it('answers a page until its file is gone, and by path where two claim one name', async () => {
    const { index, apply } = await open()
    expect(index.findPage('en', 'imprint')).toBeUndefined()
    await apply(written('pages/en/b.md', pageEntry('B')))
    const before = index.epoch()
    await apply(written('pages/en/a.md', pageEntry('A')))
    expect(index.epoch()).not.toBe(before)
    expect(index.findPage('en', 'imprint')?.title).toBe('A')
    expect(index.findPage('uk', 'imprint')).toBeUndefined()
    expect(index.listPages('en')).toEqual([expect.not.objectContaining({ body: 'Text.' })])
    await apply({ kind: 'gone', path: 'pages/en/a.md' })
    expect(index.findPage('en', 'imprint')?.title).toBe('B')
    // A draft, and a file that cannot be read any more, take the page away.
    await apply(written('pages/en/b.md'))
    expect(index.findPage('en', 'imprint')).toBeUndefined()
    expect(index.listPages('en')).toEqual([])
  })

  it('answers an author in the language asked for, else as in every language', async () => {
    const { index, apply } = await open()
    const entry = (locale: 'uk' | undefined, name: string): ContentEntry => ({
      kind: 'author',
      locale,
      key: 'olena',
      value: author(name),
    })
    await apply(written('authors/olena.md', entry(undefined, 'Olena')))
    await apply(written('authors/olena.uk.md', entry('uk', 'Олена')))
    expect(index.findAuthor('en', 'olena')?.name).toBe('Olena')
    expect(index.findAuthor('uk', 'olena')?.name).toBe('Олена')
    expect(index.listAuthors('uk').map(({ name }) => name)).toEqual(['Олена'])
    const authors = ['olena', 'nobody', 'Jo Doe']
    expect(index.listBylines({ locale: 'uk', authors })).toEqual([
      { name: 'Олена', key: 'olena' },
      { name: 'nobody', key: undefined },
      { name: 'Jo Doe', key: undefined },
    ])
  })

  it('lists the articles of an author, whether their file is there or not', async () => {
    const { index, add } = await open()
    await add(articleWith({ slug: 'a', authors: ['olena', 'olena', 'Jo Doe'] }))
    await add(articleWith({ slug: 'b', authors: ['olena'], draft: true }))
    const list = (key: string) =>
      index
        .listArticles({ locale: 'en', scope: { kind: 'author', key }, page: 1, pageSize: 10 })
        .articles.map(({ slug }) => slug)
    expect(list('olena')).toEqual(['a'])
    expect(list('Jo Doe')).toEqual([])
  })

  it('answers redirects and pictures by their paths', async () => {
    const { index, apply } = await open()
    const redirect = { from: '/old', to: '/new', status: 301 as const, line: 1 }
    await apply(
      written('redirects.txt', {
        kind: 'redirect',
        locale: undefined,
        key: '/old',
        value: redirect,
      }),
    )
    const picture = { path: 'media/a.png', width: 4, height: 3 }
    await apply(
      written('media/a.png', {
        kind: 'picture',
        locale: undefined,
        key: 'media/a.png',
        value: picture,
      }),
    )
    expect(index.findRedirect('/old')).toEqual(redirect)
    expect(index.findRedirect('/OLD')).toBeUndefined()
    expect(index.findPicture('media/a.png')).toEqual(picture)
    expect(index.findPicture('a.png')).toBeUndefined()
  })

  it('pairs translations by their key, and a key with the slug of an article without one', async () => {
    const { index, add } = await open()
    await add(articleWith({ slug: 'vault', translationKey: 'k' }))
    await add(articleWith({ slug: 'skhovyshche', locale: 'uk', translationKey: 'k' }))
    await add(articleWith({ slug: 'bridge' }))
    await add(articleWith({ slug: 'mist', locale: 'uk', translationKey: 'bridge' }))
    await add(articleWith({ slug: 'alone' }))
    await add(articleWith({ slug: 'alone', locale: 'uk', translationKey: 'other' }))
    await add(articleWith({ slug: 'hidden', locale: 'uk', translationKey: 'k', draft: true }))
    const translationsOf = (locale: 'en' | 'uk', slug: string) =>
      index.listTranslations({ locale, slug }).map((one) => `${one.locale} ${one.slug}`)
    expect(translationsOf('en', 'vault')).toEqual(['uk skhovyshche'])
    expect(translationsOf('uk', 'skhovyshche')).toEqual(['en vault'])
    expect(translationsOf('en', 'bridge')).toEqual(['uk mist'])
    expect(translationsOf('uk', 'mist')).toEqual(['en bridge'])
    expect(translationsOf('en', 'alone')).toEqual([])
    expect(translationsOf('uk', 'hidden')).toEqual([])
  })

  it('names at most one translation a language, the newest', async () => {
    const { index, add } = await open()
    await add(articleWith({ slug: 'a', translationKey: 'k' }))
    await add(
      articleWith({
        slug: 'old',
        locale: 'uk',
        translationKey: 'k',
        publishedAt: '2026-01-01T00:00:00.000Z',
      }),
    )
    await add(
      articleWith({
        slug: 'new',
        locale: 'uk',
        translationKey: 'k',
        publishedAt: '2026-02-01T00:00:00.000Z',
      }),
    )
    expect(index.listTranslations({ locale: 'en', slug: 'a' }).map(({ slug }) => slug)).toEqual([
      'new',
    ])
  })
}
