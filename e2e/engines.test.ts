import { type EngineName, type EnginePrograms, type EngineWindow, openEngine } from './engines.ts'
import { expect, test as journey } from './journey.ts'
import { axe } from './page-state.ts'

// In Firefox and WebKit, as Debian ships them. Chromium has the other journeys.

const names = ['Firefox', 'WebKit'] as const satisfies EngineName[]

/** The windows of a worker: an engine is started when a journey first needs it. */
const test = journey.extend<object, { engine: (name: EngineName) => Promise<EngineWindow> }>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of wanted fixtures here.
    async ({}, use, { project }) => {
      const programs: EnginePrograms = project.metadata.engines
      const open = new Map<EngineName, Promise<EngineWindow | undefined>>()
      await use(async (name) => {
        const opening = open.get(name) ?? openEngine(name, programs)
        open.set(name, opening)
        const window = await opening
        test.skip(window === undefined, `${name} is not installed`)
        if (!window) throw new Error('A skipped journey goes on.')
        test.info().annotations.push({ type: 'browser', description: window.browser })
        return window
      })
      for (const opening of open.values()) await (await opening)?.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

const ready = `
  while (!document.documentElement.hasAttribute('data-tools'))
    await new Promise((done) => setTimeout(done, 20));`

/** WebKit's window is not narrower. */
const widths = [480, 768, 1280]

const pages = [
  '/',
  '/uk',
  '/article/long-read',
  '/article/table-of-halvings',
  '/article/footnotes-explained',
  '/article/cover-six-variants',
  '/article/title-very-long',
  '/category/markets',
  '/latest',
  '/mood/90-days',
  '/archive',
  '/search?q=halvings',
  '/saved',
  '/about',
  '/nothing',
]

/** What axe reads of a page is much the same in every engine: those with the most controls. */
const pagesWithControls = ['/', '/article/long-read', '/search?q=halvings', '/mood/90-days']

for (const name of names) {
  test(`every kind of page fits and has no barrier in ${name}`, async ({ engine, site }) => {
    const window = await engine(name)
    for (const path of pages) {
      await window.resize(1280, 900)
      await window.open(`${site.url}${path}`)
      await window.evaluate(ready)
      if (pagesWithControls.includes(path)) {
        const barriers = await window.evaluate<string[]>(`${axe}
          const { violations } = await axe.run(document, { resultTypes: ['violations'] });
          return violations.map(({ id, nodes }) => id + ': ' + nodes[0].html);`)
        expect.soft(barriers, path).toEqual([])
      }
      for (const width of widths) {
        await window.resize(width, 900)
        const [innerWidth, excess] = await window.evaluate<number[]>(
          'return [innerWidth, document.documentElement.scrollWidth - innerWidth]',
        )
        expect.soft(innerWidth, path).toBe(width)
        expect.soft(excess, `${path} at ${width} px`).toBeLessThanOrEqual(0)
      }
    }
  })

  test(`a picture that fails becomes art of its size in ${name}`, async ({ engine, site }) => {
    const window = await engine(name)
    await window.resize(1280, 900)
    // No other host can be reached, so every cover of Unsplash fails.
    for (const path of ['/article/cover-six-variants', '/']) {
      await window.open(`${site.url}${path}`)
      const covers = await window.evaluate<
        { src: string; isDrawn: boolean; ratio: number }[]
      >(`${ready}
        const covers = [...document.querySelectorAll('main .cover')];
        for (const cover of covers) cover.scrollIntoView();
        const images = covers.map((cover) => cover.querySelector('img'));
        while (images.some((image) => !image.complete || image.naturalWidth === 0))
          await new Promise((done) => setTimeout(done, 50));
        return covers.map((cover, at) => {
          const { width, height } = cover.getBoundingClientRect();
          const [across, down] = cover.style.aspectRatio.split('/').map(Number);
          const { currentSrc, naturalWidth } = images[at];
          return {
            src: new URL(currentSrc).host,
            isDrawn: naturalWidth > 0,
            ratio: height === 0 ? 1 : (width / height) / (across / down),
          };
        });`)
      expect(covers.length, path).toBeGreaterThan(0)
      for (const { src, isDrawn, ratio } of covers) {
        expect([src, isDrawn], path).toEqual([new URL(site.url).host, true])
        expect(ratio, path).toBeCloseTo(1, 1)
      }
    }
  })

  test(`nothing moves when a cover fails and the tools arrive in ${name}`, async ({
    engine,
    site,
  }) => {
    const window = await engine(name)
    for (const width of widths) {
      await window.resize(width, 900)
      await window.open(`${site.url}/article/cover-six-variants`)
      // As it was before any module ran, and as it is when everything is there.
      const [before, after] = await window.evaluate<number[][]>(`
        const places = () => [...document.querySelectorAll('h1, .prose > *, footer')].map(
          (element) => Math.round(element.getBoundingClientRect().top + scrollY));
        const before = places();
        ${ready}
        const image = document.querySelector('main .cover img');
        while (!image.complete || image.naturalWidth === 0)
          await new Promise((done) => setTimeout(done, 50));
        await document.fonts.ready;
        return [before, places()];`)
      expect(after, `at ${width} px`).toEqual(before)
    }
  })

  test(`the keyboard opens a story, and a theme holds on the next page in ${name}`, async ({
    engine,
    site,
  }) => {
    const window = await engine(name)
    await window.resize(1280, 900)
    await window.open(`${site.url}/latest`)
    await window.evaluate(ready)
    await window.press('Tab')
    const skipLink = await window.evaluate<string>(
      "return document.activeElement.getAttribute('href')",
    )
    expect(skipLink).toMatch(/^#/)
    const target = await window.evaluate<string>(
      "const link = document.querySelector('main .teaser-title a'); link.focus(); return link.href",
    )
    await window.press('Enter')
    await expect.poll(() => window.evaluate('return location.href')).toBe(target)

    // The popover of the settings opens, a choice changes the page and holds on the next one.
    await window.evaluate(`${ready} document.querySelector('.settings-button').focus()`)
    await window.press('Enter')
    await window.evaluate("document.querySelector('input[name=_theme][value=dark]').focus()")
    await window.press('Space')
    const background = 'return getComputedStyle(document.documentElement).backgroundColor'
    await expect.poll(() => window.evaluate(background)).toBe('rgb(20, 21, 15)')
    await window.open(`${site.url}/about`)
    expect(await window.evaluate(background)).toBe('rgb(20, 21, 15)')
    await window.evaluate('localStorage.clear()')
  })

  test(`a search finds while it is typed, and an article is saved in ${name}`, async ({
    engine,
    site,
  }) => {
    const window = await engine(name)
    await window.resize(1280, 900)
    await window.open(`${site.url}/search`)
    await window.evaluate(`${ready} document.querySelector('input[type=search]').focus()`)
    await window.type('quixotic')
    const listHits =
      "return [...document.querySelectorAll('main .hit mark, main mark')].map((mark) => mark.textContent)"
    await expect
      .poll(async () => (await window.evaluate<string[]>(listHits)).join(' '))
      .toMatch(/quixotic/i)
    // The word is found before its last letter is typed.
    await expect.poll(() => window.evaluate('return location.search')).toBe('?q=quixotic')

    await window.open(`${site.url}/article/long-read`)
    await window.evaluate(`${ready} document.querySelector('.article-tools .save-button').click()`)
    await window.open(`${site.url}/saved`)
    const listSaved =
      "return [...document.querySelectorAll('.stored-list a')].map((link) => link.pathname)"
    await expect.poll(() => window.evaluate(listSaved)).toEqual(['/article/long-read'])
    await window.evaluate('localStorage.clear()')
  })
}
