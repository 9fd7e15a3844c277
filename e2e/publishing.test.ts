import { expect, test } from './journey.ts'

const path = 'articles/en/2026/10/dropped-in.md'
const article = `---
title: An article dropped into the folder
publishedAt: '2026-10-01T09:00:00.000Z'
category: TRADING
---
It was not there a moment ago.
`

test('a file dropped into the content folder is read by readers without a restart', async ({
  desk,
  page,
}) => {
  const before = await page.goto('/article/dropped-in')
  expect(before?.status()).toBe(404)

  await desk.write(path, article)
  await expect
    .poll(async () => (await page.goto('/article/dropped-in'))?.status(), { timeout: 10_000 })
    .toBe(200)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'An article dropped into the folder',
  )

  await desk.remove(path)
  await expect
    .poll(async () => (await page.goto('/article/dropped-in'))?.status(), { timeout: 10_000 })
    .toBe(404)
})
