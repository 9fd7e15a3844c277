import { expect, test } from './journey.ts'

test('an article tells where its text comes from and what became of it', async ({ page }) => {
  await page.goto('/article/figure-corrected')
  const note = page.getByRole('region', { name: 'About this text' })
  await expect(note).toContainText('Reported by Sample Wire')
  await expect(note).toContainText('Wrote this text from the story, 2 September 2026')
  await expect(note).toContainText('(version 1 of the text)')
  await expect(note).toContainText('updated 4 September 2026')
  await note.getByRole('link', { name: 'corrected 2 times' }).click()
  await expect(page.getByRole('heading', { name: 'Corrections' })).toBeInViewport()
  await page.goto('/article/written-by-people')
  await expect(note).toContainText('None recorded for this text')
})

test('all corrections stand on one page, each leading to its place', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('contentinfo').getByRole('link', { name: 'Corrections' }).click()
  const corrections = page.getByRole('main').getByRole('listitem')
  await expect(corrections.first()).toContainText('misspelt')
  await expect(corrections.nth(1)).toContainText('The figure was given as 21.')
  await corrections.nth(1).getByRole('link').click()
  await expect(page).toHaveURL('/article/figure-corrected#_correction-1')
  await expect(page.locator('#_correction-1')).toBeInViewport()
  await page.goto('/uk/corrections')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Виправлення')
})

test('the page of a source says how much comes from it', async ({ page }) => {
  await page.goto('/source/sample_wire')
  const main = page.getByRole('main')
  await expect(main).toContainText(/Share of our coverage\s*\d+(\.\d)?%/)
  await expect(main).toContainText(/First article\s*\d+ \w+ 20\d\d/)
  await page.goto('/about')
  await page.getByRole('main').getByRole('link', { name: 'Sample Wire' }).click()
  await expect(page).toHaveURL('/source/sample_wire')
})

test('printed, an article keeps its address and its date and loses the navigation', async ({
  page,
  baseURL,
}) => {
  await page.goto('/article/figure-corrected')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText(`${baseURL}/article/figure-corrected`)).toBeVisible()
  await expect(page.locator('.article-header time').first()).toBeVisible()
  for (const hidden of ['.sections', '.masthead-tools', '.site-footer', '.more-articles']) {
    await expect(page.locator(hidden)).toBeHidden()
  }
})

test('what is fresh has its age on the screen and its date on paper', async ({ page, desk }) => {
  const at = new Date(Date.now() - 150 * 60_000).toISOString()
  await desk.write(
    'articles/en/fresh-note.md',
    `---\ntitle: Fresh note\npublishedAt: '${at}'\ncategory: MARKETS\n---\nText.\n`,
  )
  await expect
    .poll(async () => (await page.goto('/latest'))?.text())
    .toContain('/article/fresh-note')
  const time = page.getByRole('article').filter({ hasText: 'Fresh note' }).locator('time')
  await expect(time).toHaveText('2 hr ago')
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await expect(time).toHaveText(/ 20\d\d$/)
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect(time).toHaveText('2 hr ago')
})

test('headlines and bodies are set as a typesetter would', async ({ page, desk }) => {
  await desk.write(
    'articles/uk/typeset.md',
    `---
title: 'Біржа "Куна" - у Києві'
publishedAt: '2026-09-10T09:00:00.000Z'
lang: uk
category: MARKETS
---
Об'єм "торгів" - це \`"код"\` і 5 млн грн.
`,
  )
  await expect
    .poll(async () => (await page.goto('/uk/article/typeset'))?.status(), { timeout: 20_000 })
    .toBe(200)
  const textOf = (selector: string) =>
    page.locator(selector).evaluate(({ textContent }) => textContent?.replaceAll('\u00a0', '~'))
  expect(await textOf('h1')).toBe('Біржа «Куна»~— у~Києві')
  expect(await textOf('.prose p')).toBe('Об’єм «торгів»~— це "код" і~5~млн грн.')
})
