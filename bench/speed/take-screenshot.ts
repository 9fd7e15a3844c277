import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import sharp from 'sharp'
import type { Report } from '#cli/command.ts'
import { findFreePort } from '#deploy/nginx-process.ts'
import { buildWhenStale } from '#tooling/build.ts'
import { obtainChromium } from '#tooling/find-chromium.ts'
import { startServer } from './site-process.ts'

/** Shortly after the newest story of the sample edition: times on the picture are relative ones. */
const pictureTakenAt = '2026-11-30T11:00:00Z'

/**
 * `dateline screenshot:take`: the picture of the README, the front page of the sample edition at 1280
 * by 900 pixels. Content is of fixed dates, and the browser's clock stands at the time of the newest
 * story, so that the picture changes with the design and the content only.
 */
export async function takeScreenshot(): Promise<Report> {
  const root = resolve(import.meta.dirname, '../..')
  const executablePath = await obtainChromium()
  if (!executablePath) throw new Error('There is no Chromium.')
  if ((await buildWhenStale()) !== 0) throw new Error('The site could not be built.')
  const folder = await mkdtemp(join(tmpdir(), 'dateline-screenshot-'))
  const file = join(root, 'docs/front-page.webp')
  const site = await startServer('server/main.ts', {
    port: await findFreePort(),
    path: '/readyz',
    env: { CONTENT_DIR: join(root, 'content'), DATA_DIR: join(folder, 'data'), SITE_URL: '' },
  })
  try {
    const browser = await chromium.launch({ executablePath })
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
      await page.clock.setFixedTime(pictureTakenAt)
      await page.goto(site.url, { waitUntil: 'networkidle' })
      // The second time its typeface is at hand.
      await page.goto(site.url, { waitUntil: 'networkidle' })
      const bytes = await page.screenshot()
      const small = await sharp(bytes).resize({ width: 960 }).webp({ quality: 80 }).toBuffer()
      await writeFile(file, small)
      return {
        text: `${file}: ${Math.round(small.length / 1024)} KiB`,
        json: { file, bytes: small.length },
      }
    } finally {
      await browser.close()
    }
  } finally {
    await site.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
