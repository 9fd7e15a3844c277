import { describe, expect, it } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import type { ArticleIndex, HighlightedText } from '../article-index.ts'
import { type OpenIndex, openAt } from '../open-index.ts'

/** The part of the contract that is about search. */
export function describeSearch(name: string, open: OpenIndex): void {
  const openAtNoon = openAt(open, '2026-11-22T12:00:00.000Z')

  describe(`${name}: search`, () => {
    const find = async (articles: Partial<Article>[], text: string, locale: 'en' | 'uk' = 'en') => {
      const index = await openAtNoon(...articles.map((article) => ({ locale, ...article })))
      const { hits } = await index.search({ locale, text, page: 1, pageSize: 20 })
      return hits.map(({ article }) => article.slug)
    }

    it('ranks title over tags over description over body', async () => {
      const plain = { title: 'News', description: 'Text.', tags: [], body: 'Text.\n' }
      const articles = [
        { ...plain, slug: 'body', body: 'About a comet.\n' },
        { ...plain, slug: 'description', description: 'A comet.' },
        { ...plain, slug: 'tags', tags: ['COMET'] },
        { ...plain, slug: 'title', title: 'Comet' },
        ...Array.from({ length: 9 }, (_, i) => ({ ...plain, slug: `other-${i}` })),
      ]
      expect(await find(articles, 'comet')).toEqual(['title', 'tags', 'description', 'body'])
    })

    it('prefers the newer of two like articles', async () => {
      const old = { slug: 'old', publishedAt: '2016-01-01T00:00:00.000Z' }
      const recent = { slug: 'recent', publishedAt: '2026-11-01T00:00:00.000Z' }
      expect(await find([old, recent], 'vault')).toEqual(['recent', 'old'])
    })

    it('joins words by AND, and by OR when that finds nothing', async () => {
      const articles = [
        { slug: 'both', title: 'Comet and meteor' },
        { slug: 'one', title: 'Comet' },
      ]
      expect(await find(articles, 'meteor comet')).toEqual(['both'])
      expect(await find(articles, 'meteor asteroid')).toEqual(['both'])
      expect(await find(articles, 'asteroid')).toEqual([])
    })

    it('keeps quoted words together', async () => {
      const articles = [
        { slug: 'together', title: 'The hard fork came' },
        { slug: 'apart', title: 'A fork that is hard' },
      ]
      expect(await find(articles, '"hard fork"')).toEqual(['together'])
      expect(await find(articles, '«hard fork» came')).toEqual(['together'])
      expect((await find(articles, 'hard fork')).sort()).toEqual(['apart', 'together'])
    })

    it('finds English plurals, diacritics, any case and unfinished last words', async () => {
      expect(await find([{ slug: 'a', title: 'Spot ETFs' }], 'etf')).toEqual(['a'])
      expect(await find([{ slug: 'a', title: 'Spot ETF' }], 'ETFs')).toEqual(['a'])
      expect(await find([{ slug: 'a', title: 'São Paulo' }], 'sao')).toEqual(['a'])
      expect(await find([{ slug: 'a', title: 'Stablecoin law' }], 'law stabl')).toEqual(['a'])
      for (const text of ['regul', 'regula', 'regulati', 'regulating', 'new regulatio']) {
        expect(await find([{ slug: 'a', title: 'A new regulation' }], text), text).toEqual(['a'])
      }
      for (const text of ['liq', 'liqui', 'liquidat', 'liquidati']) {
        expect(await find([{ slug: 'a', title: 'Liquidations' }], text), text).toEqual(['a'])
      }
      expect(await find([{ slug: 'a', title: 'Kraken' }], 'Kraken’s')).toEqual(['a'])
    })

    it('finds Ukrainian words in other cases, and words with any apostrophe', async () => {
      const forms = ['біткоїн', 'біткоїна', 'біткоїни', 'біткоїном', 'Біткоїнів']
      const articles = forms.map((form, i) => ({ slug: `${i}`, title: `Курс ${form}` }))
      for (const form of forms) expect(await find(articles, form, 'uk')).toHaveLength(5)
      const market = ['ринок', 'ринку', 'ринки', 'ринком'].map((form) => ({
        slug: form,
        title: form,
      }))
      for (const { title } of market) expect(await find(market, title, 'uk')).toHaveLength(4)
      const linked = ["зв'язок", 'зв’язок', 'звʼязок'].map((form, i) => ({
        slug: `${i}`,
        title: form,
      }))
      for (const { title } of linked) expect(await find(linked, title, 'uk')).toHaveLength(3)
    })

    it('finds words with an apostrophe, of any kind or without one, in every form', async () => {
      const forms = ["зв'язок", 'зв’язку', 'звʼязком', 'зв`язки', 'звязків']
      const articles = forms.map((title, i) => ({ slug: `${i}`, title }))
      for (const text of [...forms, 'Зв’язкам', 'звязку']) {
        expect(await find(articles, text, 'uk'), text).toHaveLength(5)
      }
      const five = [{ slug: 'five', title: 'П’ять компаній об’єдналися' }]
      for (const text of ['пять', 'п`ять', 'п’яти', 'обєднання і пять', "об'єднатися"]) {
        expect(await find(five, text, 'uk'), text).toEqual(['five'])
      }
      const index = await openAtNoon({ locale: 'uk', title: "Зв'язок і п’ять", body: 'Текст.' })
      const { hits } = await index.search({
        locale: 'uk',
        text: 'звязки пять',
        page: 1,
        pageSize: 9,
      })
      expect(hits.map(({ title }) => [textOf(title), matchesOf(title)])).toEqual([
        ["Зв'язок і п’ять", ["Зв'язок", 'п’ять']],
      ])
    })

    it('finds Ukrainian forms whose letters change, and no longer word that begins alike', async () => {
      const pairs = [
        ['рік', 'За минулого року'],
        ['днів', 'Один день'],
        ['книга', 'У книзі заявок'],
        ['позики', 'Ставка за позикою'],
        ['атаці', 'Хакерська атака'],
        ['заморозила', 'Гаманець заморожено, бо суд вирішив заморозити'],
        ['біржа', 'Шість бірж'],
      ]
      for (const [asked = '', title = ''] of pairs) {
        expect(await find([{ slug: 'a', title }], asked, 'uk'), asked).toEqual(['a'])
      }
      const articles = [
        { slug: 'course', title: 'Курс гривні' },
        { slug: 'student', title: 'Курсант' },
      ]
      expect(await find(articles, 'курси гривня', 'uk')).toEqual(['course'])
    })

    it('finds a thing by its other names, tickers and usual misspellings', async () => {
      const english = [
        { slug: 'bitcoin', title: 'Bitcoin climbs' },
        { slug: 'ether', title: 'Ether falls' },
        { slug: 'stable', title: 'A stablecoin law' },
        { slug: 'sbf', title: 'Sam Bankman-Fried appeals' },
        { slug: 'cz', title: 'Changpeng Zhao speaks' },
        { slug: 'sec', title: 'SEC sues a broker' },
      ]
      for (const [text = '', slug = ''] of [
        ['BTC', 'bitcoin'],
        ['биткоин', 'bitcoin'],
        ['біткоїном', 'bitcoin'],
        ['ETH', 'ether'],
        ['ethereum', 'ether'],
        ['етеріум', 'ether'],
        ['stable coin', 'stable'],
        ['law on stable coins', 'stable'],
        ['SBF', 'sbf'],
        ['cz', 'cz'],
        ['securities and exchange commission', 'sec'],
      ]) {
        expect(await find(english, text), text).toContain(slug)
      }
      const ukrainian = [
        { slug: 'bitcoin', title: 'Курс біткоїна' },
        { slug: 'ether', title: 'Падіння ефіру' },
        { slug: 'sec', title: 'Позов Комісії з цінних паперів і бірж' },
        { slug: 'buterin', title: 'Слово Віталіка Бутеріна' },
      ]
      for (const [text = '', slug = ''] of [
        ['bitcoin', 'bitcoin'],
        ['BTC', 'bitcoin'],
        ['біткойн', 'bitcoin'],
        ['биткоин', 'bitcoin'],
        ['бiткоїн', 'bitcoin'],
        ['етеріум', 'ether'],
        ['ETH', 'ether'],
        ['SEC', 'sec'],
        ['Buterin', 'buterin'],
      ]) {
        expect(await find(ukrainian, text, 'uk'), text).toEqual([slug])
      }
      expect(await find(english, '"BTC"')).toEqual(['bitcoin'])
      expect(await find(english, 'coin')).toEqual([])
    })

    it('marks matches in title and excerpt, as plain text that content cannot forge', async () => {
      const index = await openAtNoon({
        title: 'A comet\u0001\u0002 & <b>comets</b>',
        description: 'Nothing here.',
        body: `${'Filler words stand here. '.repeat(60)}\n\nThe **comet** [came](https://x.example).\n`,
      })
      const { hits } = await searchText(index, 'comet')
      const [{ title, excerpt } = { title: [], excerpt: [] }] = hits
      expect(matchesOf(title)).toEqual(['comet', 'comets'])
      expect(textOf(title)).toContain('& <b>comets</b>')
      expect(matchesOf(excerpt)).toEqual(['comet'])
      expect(textOf(excerpt)).toContain('The comet came.')
      expect(textOf(excerpt).split(' ').length).toBeLessThan(50)
    })

    it('counts hits and pages through them', async () => {
      const index = await openAtNoon(...Array.from({ length: 5 }, (_, i) => ({ slug: `s${i}` })))
      const page = (number: number) =>
        index.search({ locale: 'en', text: 'vault', page: number, pageSize: 2 })
      expect(await page(3)).toMatchObject({
        page: 3,
        pageCount: 3,
        hitCount: 5,
        coverage: 'all',
      })
      const slugs = (await Promise.all([1, 2, 3].map(page))).flatMap(({ hits }) =>
        hits.map(({ article }) => article.slug),
      )
      expect(slugs.sort()).toEqual(['s0', 's1', 's2', 's3', 's4'])
      expect((await page(4)).hits).toEqual([])
      expect((await page(-1)).hits).toEqual([])
    })

    it('ranks the newest thousand of more matches, and older ones with all words in the title', async () => {
      const many = Array.from({ length: 1010 }, (_, i) => ({
        slug: `s${i}`,
        title: 'News',
        description: '',
        publishedAt: new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString(),
        body: 'A comet came.\n',
      }))
      const old = { slug: 'old', title: 'Comet', publishedAt: '2016-01-01T00:00:00.000Z' }
      const results = await searchText(await openAtNoon(old, ...many), 'comet')
      expect(results).toMatchObject({ hitCount: 1001, coverage: 'newest' })
      expect(results.hits.map(({ article }) => article.slug).slice(0, 2)).toEqual(['old', 's1009'])
    })

    it('takes any input', async () => {
      const index = await openAtNoon({ slug: 'a' })
      const inputs = [
        ...['', ' ', '"', '""', '" "', '"""', '*', '^', '-', '- -', '(', ')', ':', 'NEAR', 'AND'],
        ...['NOT', 'OR OR', 'a AND', 'title:vault', '{title}: vault', 'NEAR(a b, 5)', '-vault'],
        ...[
          'vault*',
          '^vault',
          "'; DROP TABLE articles; --",
          '\0',
          'vault\0vault',
          '🚀',
          '🚀🚀 vault',
        ],
        ...['\ud800', 'ﷺ', '“vault', '%_', '\\', '+', 'a+b', '"a b" "c', 'ᾀ\u0345', '\u0301', 'ʼ'],
        ...['word '.repeat(2048), 'x'.repeat(10_240), '"'.repeat(10_240), '('.repeat(10_240)],
        ...['ь'.repeat(10_240), "a'".repeat(5000), '1.'.repeat(5000), '-'.repeat(10_240)],
      ]
      for (const text of inputs) {
        const results = await searchText(index, text)
        expect(results.hitCount, text.slice(0, 20)).toBeLessThanOrEqual(1)
      }
      expect((await searchText(index, 'title:vault')).hitCount).toBe(1)
    })
  })
}

function searchText(index: ArticleIndex, text: string) {
  return index.search({ locale: 'en', text, page: 1, pageSize: 50 })
}

function matchesOf(highlighted: HighlightedText): string[] {
  return highlighted.filter(({ isMatch }) => isMatch).map(({ text }) => text)
}

function textOf(highlighted: HighlightedText): string {
  return highlighted.map(({ text }) => text).join('')
}
