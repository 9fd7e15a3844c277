import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { toBriefingMail } from './briefing-mail.ts'

const siteUrl = 'https://dateline.test'
const mail = (...articles: Parameters<typeof articleWith>[0][]) =>
  toBriefingMail({ locale: 'en', articles: articles.map(articleWith), siteUrl })

it('has a headline and one sentence of each article, and whole addresses only', () => {
  const html = mail({ slug: 'a', title: 'Vault <opens>', description: 'It opened. Nobody came.' })
  expect(html).toContain('href="https://dateline.test/article/a"')
  expect(html).toContain('Vault &#x3C;opens>')
  expect(html).toContain('It opened.')
  expect(html).not.toContain('Nobody came')
  expect(html.match(/(?:href|src)="(?!https:\/\/dateline\.test)/g)).toBeNull()
})

it('has nothing that runs, is fetched or tells who opened it', () => {
  expect(mail({ slug: 'a' })).not.toMatch(/<(?:script|link|img|style|form)\b|\bon\w+=/)
})

it('says that there is nothing yet', () => {
  expect(mail()).toContain('Nothing has been published here yet.')
})
