import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the framework lays its style sheets, under its own folder and as an address. */
const [folder, address] = ['static/chunks', '/_next/static/chunks/']

/**
 * The style sheets of a build by their addresses, each as it stands in pages: what it fetches from beside
 * itself has a whole address.
 */
export function readPageStyles(buildDir: string): Map<string, string> {
  const names = readdirSync(join(buildDir, folder)).filter((name) => name.endsWith('.css'))
  return new Map(
    names.map((name) => {
      const css = readFileSync(join(buildDir, folder, name), 'utf8').trim()
      if (/<\/style|<!--/i.test(css)) throw new Error(`${name} cannot stand in a page.`)
      return [address + name, css.replace(besideItself, toWholeAddress)]
    }),
  )
}

const besideItself = /url\((\.[^)]+)\)/g
const toWholeAddress = (_: string, relative: string) =>
  `url(${new URL(relative, `http://localhost${address}`).pathname})`

/**
 * Puts the style sheets into a page that fetches them: its first paint waits for nothing but the page.
 * The files of the typeface that its language is set in are asked for before them. See
 * docs/decisions/0043-styles-in-the-page.md and 0044-a-page-is-set-once.md.
 */
export function inlineStyles(html: string, styles: ReadonlyMap<string, string>): string {
  const [, lang = ''] = htmlElement.exec(html) ?? []
  return html.replace(sheetLink, (link, href: string) => {
    const css = styles.get(href)
    return css === undefined ? link : `${preloadTypeface(css, lang)}<style>${css}</style>`
  })
}

/** Links to the upright faces of the typeface that a style sheet declares, for the script of a language. */
function preloadTypeface(css: string, lang: string): string {
  if (lang === '') return ''
  const { script } = new Intl.Locale(lang).maximize()
  return [...css.matchAll(upright)]
    .filter(([, , letters]) => letters === 'latin' || script === 'Cyrl')
    .map(
      ([, file]) => `<link rel="preload" as="font" type="font/woff2" href="${file}" crossorigin/>`,
    )
    .join('')
}

// A site with a serif of its own (`data-serif`) does without the typeface.
const htmlElement = /<html(?![^>]* data-serif=)[^>]* lang="([^"]+)"/
const upright = /url\((\/[^)]*\/source-serif-(latin|cyrillic)\.[^)]+)\)/g

// As the framework writes it: text of an article is escaped and has no such element.
const sheetLink = /<link rel="stylesheet" href="([^"]+)"[^>]*>/g
