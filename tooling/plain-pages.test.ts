import { globSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { textOf } from '#lib/i18n/messages.ts'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { listPages } from '#lib/seo/sitemap/list-pages.ts'
import { locales } from '#lib/site/locales.ts'
import { plainPageNames, plainPages } from '#lib/site/plain-pages.ts'
import { pageSegments, parsePath, plainPagePath, routePath } from '#lib/site/routes.ts'
import { type KnownArticles, resolvePath } from '#server/pages/resolve-path.ts'

const siteUrl = 'https://dateline.test'
const appDir = resolve(import.meta.dirname, '../app/[locale]')

/** A plain page needs no article, so the index is never asked. */
const noIndex = new Proxy({} as KnownArticles, {
  get: (_, query) => () => {
    throw new Error(`The index was asked ${String(query)}`)
  },
})

it('every page file with a fixed address is a row of the table, and every row has its file', () => {
  const folders = globSync('*/page.tsx', { cwd: appDir })
    .map((file) => basename(dirname(file)))
    // Pages of editors have the names that their files have.
    .filter((name) => name !== '[name]')
  // The search is an application: its address holds a question.
  expect(folders.filter((name) => name !== 'search').sort()).toEqual([...plainPageNames].sort())
})

describe.each(plainPageNames)('%s', (page) => {
  it.each(locales)('has one address in %s, which is there without any article', (locale) => {
    const path = plainPagePath(locale, page)
    const route = { locale, page }
    expect([parsePath(path), routePath(route)]).toEqual([route, path])
    const address = { path, segments: path.slice(1).split('/'), search: '' }
    expect(resolvePath(address, noIndex)).toEqual({ kind: 'page', route, path })
    const further = { ...address, path: `${path}/x`, segments: [...address.segments, 'x'] }
    const withoutRedirects = { ...noIndex, findRedirect: () => undefined }
    expect(resolvePath(further, withoutRedirects).kind).toBe('unknown')
    expect(pageSegments).toContain(page)
  })

  it.each(locales)(
    'has the words of its row, and stands in the sitemap as it says, in %s',
    (locale) => {
      const { title, description, isIndexable } = plainPages[page]
      const head = plainPageMetadata({ locale, page, siteUrl })
      expect(head).toMatchObject({
        title: textOf(locale, title),
        description: textOf(locale, description),
        robots: { index: isIndexable },
        alternates: { canonical: siteUrl + plainPagePath(locale, page) },
      })
      const nothing = {
        locale,
        categories: [],
        tags: [],
        sources: [],
        months: [],
        pages: [],
        authors: [],
        stories: [],
        assets: [],
      }
      const listed = listPages([nothing], siteUrl).map(({ url }) => url)
      expect(listed.includes(siteUrl + plainPagePath(locale, page))).toBe(isIndexable)
    },
  )
})
