import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { SeededRandom } from '#lib/covers/art/seeded-random.ts'
import type { Locale } from '#lib/site/locales.ts'
import { composeArticle, type Manuscript } from './compose-article.ts'
import { moveFile, overwriteUnseen, putInPlace, writeInSteps, writeWhole } from './write-files.ts'

export type Address = { locale: Locale; slug: string }

/** Fills the content folder and then keeps changing it, in every way in which files change. */
export type Editor = {
  articleCount: number
  /** Every address that ever was, the latest touched last. */
  addresses(): Address[]
  /** One random change. */
  act(): Promise<void>
  /** Makes changes one after the other, with pauses of at most `longestPause` ms, until `isOver`. */
  keepActing(isOver: () => boolean, longestPause: number): Promise<void>
  /** One more article, whole and at once, newer than all others. */
  publish(): Promise<Manuscript>
  /** Another version of an article, written in two steps with a pause (ms) between them. */
  rewriteInSteps(
    slug: string,
    steps: { how: 'empty first' | 'half first'; pause: number },
  ): Promise<Manuscript>
}

/** A manuscript and the file it lies in, relative to the content folder. */
type Folio = Manuscript & { path: string }

const categories = ['MARKETS', 'BITCOIN', 'REGULATION', 'SECURITY', 'DEFI'] as const
const topics = ['CUSTODY', 'AUDIT', 'LAYER 2', 'MINING', 'ETF', 'WALLETS'] as const
const sources = ['First Wire', 'Second Wire', 'Third Wire'] as const
const minute = 60_000

/** How far ahead articles are dated: seconds, so that they come due, and years. In ms. */
const scheduledAhead = [2000, 6000, 15_000, 400 * 24 * 60 * minute] as const

export async function openEditor(
  contentDir: string,
  { articleCount, random }: { articleCount: number; random: SeededRandom },
): Promise<Editor> {
  const folios = new Map<string, Folio>()
  const touched = new Map<string, Address>()
  let begun = 0

  function begin(publishedAt: number): Folio {
    begun += 1
    const locale = random.fraction() < 0.15 ? 'uk' : 'en'
    const slug = `piece-${String(begun).padStart(6, '0')}`
    const at = new Date(publishedAt).toISOString()
    const folio: Folio = {
      path: `articles/${locale}/${at.slice(0, 4)}/${at.slice(5, 7)}/${slug}.md`,
      slug,
      locale,
      version: 1,
      publishedAt: at,
      category: random.pick(categories),
      tags: [...new Set([random.pick(topics), random.pick(topics)])],
      source: random.pick(sources),
      aliases: [],
      state: random.fraction() < 0.95 ? 'published' : random.pick(['draft', 'withdrawn']),
    }
    folios.set(slug, folio)
    return folio
  }

  /** The file and the text of an article that is about to be written. */
  function take(folio: Folio): { file: string; text: string } {
    const { locale, slug } = folio
    touched.delete(`${locale} ${slug}`)
    touched.set(`${locale} ${slug}`, { locale, slug })
    return { file: join(contentDir, folio.path), text: composeArticle(folio, articleCount) }
  }

  function takeNext(folio: Folio, changes: Partial<Folio> = {}) {
    Object.assign(folio, changes, { version: folio.version + 1 })
    return take(folio)
  }

  /** Any article; half of the work is on what is newest. */
  function choose(): Folio {
    const slugs = [...folios.keys()]
    const from = random.fraction() < 0.5 ? Math.max(0, slugs.length - 40) : 0
    return folios.get(slugs[random.integer(from, slugs.length - 1)] ?? '') ?? begin(Date.now())
  }

  function cut(text: string): string {
    return text.slice(0, Math.floor(text.length * random.fraction()))
  }

  type Write = (file: string, text: string) => Promise<void>

  /** One more article; `path` when it is to lie in an unusual place. */
  async function add(write: Write, path?: (folio: Folio) => string): Promise<void> {
    const folio = begin(Date.now() - random.integer(0, 5) * minute)
    if (path) folio.path = path(folio)
    const { file, text } = take(folio)
    await write(file, text)
  }

  async function edit(write: Write, changes?: Partial<Folio>): Promise<void> {
    const { file, text } = takeNext(choose(), changes)
    await write(file, text)
  }

  const inStepsFrom = (beginning: (text: string) => string) => (file: string, text: string) =>
    writeInSteps(file, { beginning: beginning(text), text, pause: random.integer(0, 40) })

  async function giveSlug(): Promise<void> {
    const folio = choose()
    const { slug: former } = folio
    const { file } = take(folio)
    const slug = `${former.replace(/-to-.*/, '')}-to-${random.integer(1000, 9999)}`
    const aliases = random.fraction() < 0.7 ? [...folio.aliases, former] : folio.aliases
    folios.delete(former)
    const moved = takeNext(folio, { slug, aliases, path: join(dirname(folio.path), `${slug}.md`) })
    folios.set(slug, folio)
    await moveFile(file, moved.file)
    await writeWhole(moved.file, moved.text)
  }

  async function moveElsewhere(): Promise<void> {
    const folio = choose()
    const { file } = take(folio)
    folio.path = `articles/${folio.locale}/moved/${random.integer(1, 9)}/${folio.slug}.md`
    await moveFile(file, join(contentDir, folio.path))
  }

  async function remove(): Promise<void> {
    const folio = choose()
    folios.delete(folio.slug)
    await rm(take(folio).file, { force: true })
  }

  const newFolder = ({ locale, slug }: Folio) =>
    `articles/${locale}/editor-${begun}/deep/${slug}.md`
  const anyState = () =>
    random.pick<Manuscript['state']>(['draft', 'withdrawn', 'published', 'published'])
  const soon = () => new Date(Date.now() + random.pick(scheduledAhead)).toISOString()

  /** Kinds of change, and how often each comes up. */
  const acts: [weight: number, act: () => Promise<void>][] = [
    [4, () => add(writeWhole)],
    [3, () => add(putInPlace)],
    [1, () => add(writeWhole, newFolder)],
    [5, () => edit(writeWhole)],
    [3, () => edit(putInPlace)],
    [2, () => edit(overwriteUnseen)],
    [3, () => edit(inStepsFrom(() => ''))],
    [3, () => edit(inStepsFrom(cut))],
    // Stays half written until the next change of this article.
    [1, () => edit((file, text) => writeWhole(file, cut(text)))],
    [2, giveSlug],
    [2, moveElsewhere],
    [3, remove],
    [4, () => edit(writeWhole, { state: anyState() })],
    [2, () => edit(writeWhole, { publishedAt: soon() })],
  ]
  const weightOfAll = acts.reduce((sum, [weight]) => sum + weight, 0)

  async function act(): Promise<void> {
    let left = random.integer(1, weightOfAll)
    for (const [weight, perform] of acts) {
      left -= weight
      if (left <= 0) return await perform()
    }
  }

  const openedAt = Date.now()
  for (let number = articleCount; number > 0; number -= 1) {
    const { file, text } = take(begin(openedAt - number * 10 * minute))
    await writeWhole(file, text)
  }
  return {
    articleCount,
    addresses: () => [...touched.values()],
    act,
    async keepActing(isOver, longestPause) {
      while (!isOver()) {
        await act()
        await wait(random.fraction() * longestPause)
      }
    },
    async publish() {
      const folio = Object.assign(begin(Date.now()), { state: 'published' as const })
      const { file, text } = take(folio)
      await putInPlace(file, text)
      return { ...folio }
    },
    async rewriteInSteps(slug, { how, pause }) {
      const folio = folios.get(slug)
      if (!folio) throw new Error(`There is no article ${slug}`)
      const { file, text } = takeNext(folio)
      const beginning = how === 'empty first' ? '' : text.slice(0, text.length / 2)
      await writeInSteps(file, { beginning, text, pause })
      return { ...folio }
    },
  }
}
