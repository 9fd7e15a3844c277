import { expect, it, vi } from 'vitest'

// Before anything is imported, for modules ask for the languages when they are loaded.
await vi.hoisted(async () => {
  const { parseSiteConfig } = await import('#lib/site/site-config.ts')
  const site = parseSiteConfig({
    name: 'The Ledger',
    tagline: 'Money, counted',
    description: 'News about money.',
    foundedAt: '2020-05-01',
    languages: ['pl', 'ar', 'de'],
    defaultLanguage: 'pl',
    words: {
      ar: { breadcrumbs: 'المسار', serach: 'x', viaSource: 'من', articles: 'مقال' },
      de: { languageName: 'Deutsch', monthDescription: 'Alles aus {0}' },
    },
    sections: [{ key: 'BANKS', names: { pl: 'Banki', de: 'Banken' } }],
  })
  process.env.DATELINE_SITE = JSON.stringify({ paperDir: '/', site })
})

import { formatCount, formatDate, formatLanguage } from '#lib/i18n/format.ts'
import { listMissingPhrases, listWordFaults, messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import { parsePath, routePath } from '#lib/site/routes.ts'

it('addresses the default language at the root and the others below their code', () => {
  expect(parsePath('/archive/2026/07')).toMatchObject({ locale: 'pl' })
  for (const path of ['/ar/archive/2026/07', '/de', '/']) {
    const route = parsePath(path)
    expect(route && routePath(route)).toBe(path)
  }
  // No language of this paper.
  expect(parsePath('/uk/latest')).toBeUndefined()
})

it('shows what a dictionary lacks in the default language', () => {
  expect(messagesFor('de').monthDescription('Mai')).toBe('Alles aus Mai')
  expect(messagesFor('de').search).toBe('Szukaj')
  expect(messagesFor('ar').search).toBe('بحث')
  expect(messagesFor('ar').feedPage.ownTitle).toBe('Własny kanał')
  expect(messagesFor('ar').breadcrumbs).toBe('المسار')
  expect(listMissingPhrases('pl').missing).toEqual([])
  expect(listMissingPhrases('de').missing).toContain('search')
})

it('formats in a language that has no dictionary', () => {
  expect(messagesFor('de')).toMatchObject({ languageTag: 'de', direction: 'ltr' })
  expect(messagesFor('ar').direction).toBe('rtl')
  expect(formatDate('de', '2026-10-31T12:00:00.000Z')).toBe('31. Oktober 2026')
  expect(formatLanguage('pl', 'ar')).toBe('arabski')
  expect(formatCount('ar', messagesFor('ar').readingTime, 2)).toBe('دقيقتا قراءة')
  expect(typeset('de', 'Ein "Wort" und 5 Tage')).toBe('Ein “Wort” und 5 Tage')
  expect(formatTopic('de', 'BANKS')).toBe('Banken')
  expect(formatTopic('ar', 'BANKS')).toBe('Banki')
})

it('names the paper in phrases', () => {
  expect(messagesFor('pl').aboutTitle).toBe('Jak działa The Ledger')
})

it('names every word of the configuration that no page could use', () => {
  expect(listWordFaults()).toEqual([
    'site.config.ts: words.ar.serach: no phrase has this name.',
    'site.config.ts: words.ar.viaSource: found "من"; expected a text with {0} in it.',
    'site.config.ts: words.ar.articles: found "مقال"; expected plural forms: { one: "…", other: "…" }.',
  ])
})
