import { expect, test } from './journey.ts'

/** An article of some hours ago. */
const told = (hoursAgo: number, sentiment: string, category = 'SECURITY') => `---
title: 'A ${sentiment.toLowerCase()} story of ${hoursAgo} hours ago'
publishedAt: '${new Date(Date.now() - hoursAgo * 3_600_000).toISOString()}'
lang: en
source: { name: Mood Wire, key: mood_wire }
category: ${category}
tags: [MOOD TOPIC]
sentiment: ${sentiment}
---
A story for the journey along the mood.
`

test('a reader follows the mood from the front page to the articles behind it', async ({
  page,
  desk,
}) => {
  await desk.write('articles/en/mood-good.md', told(2, 'POSITIVE'))
  await desk.write('articles/en/mood-bad.md', told(3, 'NEGATIVE'))
  const strip = page.getByRole('region', { name: 'Mood, 7 days' })
  await expect(async () => {
    await page.goto('/')
    await expect(strip.getByRole('link', { name: /^1 negative/ })).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 20_000 })

  await strip.getByRole('link', { name: 'Mood, 7 days' }).click()
  await expect(page).toHaveURL('/mood')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mood of our coverage')
  const bars = page.getByRole('group', { name: /last 7 days by tone/ }).getByRole('link')
  await expect(bars.last()).toHaveAccessibleName(/: \d positive, \d neutral, \d negative$/)
  const sections = page.getByRole('table', { name: 'By section' })
  const security = sections.getByRole('row', { name: /^Security/ })
  await expect(security.getByRole('cell')).toHaveText(['', '1', '0', '1'])
  await expect(page.getByRole('table', { name: 'By source' })).toContainText('Mood Wire')
  await expect(page.getByRole('table', { name: 'By topic' })).toContainText('Mood topic')

  await security.getByRole('link', { name: '1 negative' }).click()
  await expect(page).toHaveURL('/mood/category/security/7-days/negative')
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(1)
  await expect(page.getByRole('main')).toContainText('A negative story of 3 hours ago')

  await page.goto('/category/security')
  await page.getByRole('region', { name: 'Mood, 7 days' }).getByText('1 positive').click()
  await expect(page.getByRole('main')).toContainText('A positive story of 2 hours ago')
})

test('a bar leads to the articles of its hour, by keyboard too', async ({ page, desk }) => {
  await desk.write('articles/en/mood-hour.md', told(5, 'POSITIVE', 'CULTURE'))
  const bar = page.getByRole('link', { name: /: 1 positive, 0 neutral, 0 negative$/ })
  await expect(async () => {
    await page.goto('/mood/category/culture/24-hours')
    await expect(bar).toHaveCount(1, { timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await bar.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/mood\/category\/culture\/\d{4}-\d\d-\d\dT\d\d$/)
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(1)
})

test('the numbers of a chart are in a table, and a span without articles says so', async ({
  page,
  desk,
}) => {
  const daysAgo = 80
  await desk.write('articles/en/mood-day.md', told(daysAgo * 24, 'NEUTRAL'))
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.now() - daysAgo * 86_400_000,
  )
  const day = page.getByRole('row', { name: new RegExp(`^${date}`) })
  await expect(async () => {
    await page.goto('/mood/source/mood_wire/90-days')
    await page.getByText('The chart in numbers').click({ timeout: 500 })
    await expect(day.getByRole('cell').nth(1)).toHaveText('1', { timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await page.goto('/mood/tag/el-salvador/24-hours')
  await expect(page.getByText('No article from the last 24 hours has been rated.')).toBeVisible()
})

test('only addresses that there are lead to a page', async ({ request }) => {
  const statusOf = async (path: string) => (await request.get(path, { maxRedirects: 0 })).status()
  expect(await statusOf('/mood/7-days')).toBe(308)
  for (const path of ['/mood/8-days', '/mood/2001-01-01', '/mood/90-days/happy', '/mood/tag/no']) {
    expect(await statusOf(path), path).toBe(404)
  }
  const listing = await (await request.get('/mood/90-days/neutral?any=thing')).text()
  expect(listing).toContain('<meta name="robots" content="noindex')
  expect(listing).toMatch(/rel="canonical" href="[^"]*\/mood\/90-days\/neutral"/)
})
