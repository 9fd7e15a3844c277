import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import { findBarriers } from './page-state.ts'
import { type Site, startSite } from './site.ts'

/** A site with a desk, which the journeys of this file share: the first one becomes its owner. */
const test = base.extend<object, { desk: Site }>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of wanted fixtures here.
    async ({}, use, { parallelIndex }) => {
      const site = await startSite(parallelIndex + 4, { environment: { DESK: 'on' } })
      await use(site)
      await site.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ desk }, use) => use(desk.url),
})

test.describe.configure({ mode: 'serial' })

/** Of the owner that the first journey has made. */
let ownerCookies: Awaited<ReturnType<BrowserContext['cookies']>> = []

const held = (title: string, body: string) => `---
title: ${title}
publishedAt: '2026-11-01T09:00:00.000Z'
category: TRADING
source: { name: Sample Wire, url: 'https://wire.example/vault' }
ai: { rewritten: true }
draft: true
draftReason: The source does not say “$5 million”. Nobody is quoted with “We open now”.
---
${body}
`
const articlePath = 'articles/en/2026/11/held-vault.md'
const vault = held(
  'Vault opened',
  'The vault cost $5 million. “We open now”, said the owner.\n\nThe end.',
)

async function write({ folder }: Site, path: string, text: string): Promise<void> {
  const file = join(folder, 'content', path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

/** A browser with a passkey device of its own, as a laptop with a fingerprint reader is. */
async function openBrowser(
  browser: Browser,
  { url }: Site,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB' })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { context, page }
}

const findFirstLink = (site: Site) =>
  /http:\/\/localhost:\d+(\/desk\/sign-in\/\S+)/.exec(site.log())?.[1] ?? ''

/** What everybody needs of a page: axe finds nothing, and it fits a phone. */
async function expectForEverybody(page: Page): Promise<void> {
  const name = page.url()
  expect(await findBarriers(page), name).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await findBarriers(page, 'colours'), `${name} in the dark`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 800 })
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(excess, `${name} on a phone`).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1280, height: 800 })
}

test('the first owner signs in, makes a passkey, and publishes what was held: readers have it at once', async ({
  browser,
  desk,
}) => {
  await write(desk, articlePath, vault)
  const { context, page } = await openBrowser(browser, desk)
  expect((await page.goto('/desk'))?.status(), 'to a stranger').toBe(404)
  await page.goto(findFirstLink(desk))
  await expectForEverybody(page)
  await page.getByLabel('Your name').fill('Olena')
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('for localhost')).toBeVisible()
  await expectForEverybody(page)

  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expectForEverybody(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What needs you')
  await expectForEverybody(page)

  // By the keyboard alone: to the first row, into it, to the button, and a row is where it was.
  await page.keyboard.press('j')
  await page.reload()
  await expect(page.getByText('Keys: j and k')).toBeVisible()
  await page.keyboard.press('k')
  await expect(page.getByRole('link', { name: 'Vault opened' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vault opened')
  await expect(page.locator('mark').first()).toContainText('$5 million')
  await expectForEverybody(page)

  await page.keyboard.press('r')
  await page.keyboard.type('Half a rea')
  await page.reload()
  await expect(page.getByLabel('Why it is rejected')).toHaveValue('Half a rea')

  expect((await page.request.get('/article/held-vault')).status()).toBe(404)
  await page.getByRole('button', { name: 'I have read it: publish' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText('Approved. Readers have it now.')
  const seen = await page.request.get('/article/held-vault')
  expect(seen.status(), 'when the answer is there').toBe(200)
  expect(await seen.text()).toContain('reviewed by Olena')
  expect(await readFile(join(desk.folder, 'content', articlePath), 'utf8')).toContain('by: Olena')

  for (const path of [
    '/desk/articles',
    '/desk/people',
    '/desk/audit',
    `/desk/history/${articlePath}`,
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(200)
    await expectForEverybody(page)
  }
  ownerCookies = await context.cookies()
  await context.close()
})

test('two editors in one file: both changes are kept, and so is what was not saved', async ({
  browser,
  desk,
}) => {
  const path = 'articles/en/2026/11/shared.md'
  const read = () => readFile(join(desk.folder, 'content', path), 'utf8')
  await write(desk, path, held('Shared', 'The first line.\n\nThe last line.'))
  const { context, page: olena } = await openBrowser(browser, desk)
  await context.addCookies(ownerCookies)

  await olena.goto('/desk/people')
  await olena.getByRole('button', { name: 'Make a link', exact: true }).click()
  const link = (await olena.locator('.made-link').textContent()) ?? ''
  const { context: others, page: taras } = await openBrowser(browser, desk)
  await taras.goto(link)
  await taras.getByLabel('Your name').fill('Taras')
  await taras.getByRole('button', { name: 'Start' }).click()
  expect((await taras.goto('/desk/people'))?.status(), 'an editor among people').toBe(403)

  await olena.goto(`/desk/edit/${path}`)
  await taras.goto(`/desk/edit/${path}`)
  await expect(taras.getByText('Also in this file: Olena')).toBeVisible()
  const text = (page: Page) => page.locator('.cm-content').last()
  await text(taras).press('Control+End')
  await taras.keyboard.type(' Taras’s words.')
  await expect(taras.frameLocator('iframe').getByText('Taras’s words.')).toBeVisible()
  await taras.keyboard.press('Control+s')
  await expect(taras.getByText('Saved.')).toBeVisible()
  await expectForEverybody(taras)

  await text(olena).press('Control+Home')
  await olena.keyboard.type('Olena’s words. ')
  await olena.keyboard.press('Control+s')
  await expect(olena.getByRole('heading', { level: 1 })).toHaveText('Two changes of one file')
  await expect(text(olena)).toContainText('Olena’s words. The first line.')
  await expect(text(olena)).toContainText('Taras’s words.')
  expect(await read(), 'nothing is overwritten').not.toContain('Olena’s words.')
  await expectForEverybody(olena)
  await olena.getByRole('button', { name: 'Save this text' }).click()
  await expect(olena.getByText('Saved.')).toBeVisible()
  expect(await read()).toContain(
    'Olena’s words. The first line.\n\nThe last line.\n Taras’s words.',
  )

  // A picture is dropped, its text asked for, and a reload does not lose the line.
  await taras.goto(`/desk/edit/${path}`)
  taras.on('dialog', (dialog) => dialog.accept('A vault door'))
  const picture = await readFile(join(desk.folder, 'content/media/portrait.png'))
  await text(taras).evaluate((element, bytes) => {
    const data = new DataTransfer()
    const file = new File([new Uint8Array(bytes)], 'Vault Door.png', { type: 'image/png' })
    data.items.add(file)
    element.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    )
  }, Array.from(picture))
  await expect(text(taras)).toContainText('![A vault door](media/')
  await expect
    .poll(() =>
      taras.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('unsaved'))),
    )
    .toHaveLength(1)
  await taras.reload()
  await taras.getByRole('button', { name: 'Bring it back' }).click()
  await expect(text(taras)).toContainText('![A vault door](media/')
  await text(taras).press('Control+s')
  await expect(taras.getByText('Saved.')).toBeVisible()
  const [, address = ''] = /\((media\/[^)]+vault-door-[0-9a-f]{16}\.png)\)/.exec(await read()) ?? []
  expect((await taras.request.get(`/${address}`)).status()).toBe(200)
  await others.close()
  await context.close()
})
