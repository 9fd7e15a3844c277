import { expect, test } from './journey.ts'

/** What an operator adds beside articles: pages, authors, pictures, redirects. */

test('a page of an editor is an address, a link in the footer and a line of the sitemap', async ({
  page,
  request,
}) => {
  await page.goto('/')
  await page.getByRole('contentinfo').getByRole('link', { name: 'Imprint' }).click()
  await expect(page).toHaveURL('/imprint')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Imprint')
  expect(await (await request.get('/sitemaps/listings.xml')).text()).toContain('/imprint</loc>')
  expect((await request.get('/unfinished')).status()).toBe(404)
  expect((await request.get('/uk/imprint')).status()).toBe(404)
  expect((await request.get('/uk/about')).status()).toBe(200)
})

test('a byline leads to the author and their articles, in either language', async ({ page }) => {
  await page.goto('/article/signed-by-olena')
  await page.getByRole('link', { name: 'Olena Koval' }).click()
  await expect(page).toHaveURL('/author/olena-koval')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Olena Koval')
  await expect(page.getByRole('region', { name: 'About the author' })).toContainText(
    'ledger of halvings',
  )
  await expect(
    page.getByRole('main').getByRole('link', { name: /signed by its author/ }),
  ).toBeVisible()
  await page.goto('/uk/author/olena-koval')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Олена Коваль')
})

test('translations whose addresses differ lead to each other', async ({ page }) => {
  await page.goto('/article/signed-by-olena')
  await page
    .getByRole('link', { name: /Українською|Українська/ })
    .first()
    .click()
  await expect(page).toHaveURL('/uk/article/zapys-oleny')
})

test('a picture of the content folder has its size and is scaled', async ({ page, request }) => {
  await page.goto('/article/signed-by-olena')
  const picture = page.getByRole('img', { name: 'Bars that rise to the right' })
  await expect(picture).toHaveAttribute('width', '1000')
  await expect(picture).toHaveAttribute('height', '500')
  const webp = await request.get('/media/chart.png?w=400', { headers: { accept: 'image/webp' } })
  expect([webp.status(), webp.headers()['content-type']]).toEqual([200, 'image/webp'])
})

test('a redirect leads on, and never stands before what exists', async ({ request }) => {
  const moved = await request.get('/old-imprint', { maxRedirects: 0 })
  expect([moved.status(), moved.headers().location]).toEqual([301, '/imprint'])
  expect((await request.get('/old-season')).status()).toBe(410)
  expect((await request.get('/article/signed-by-olena', { maxRedirects: 0 })).status()).toBe(200)
})
