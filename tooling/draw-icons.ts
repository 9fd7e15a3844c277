import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import type { Report } from '#cli/command.ts'
import { site } from '#lib/site/site.ts'
import { toIco } from './to-ico.ts'

/**
 * `dateline icons:draw`: draws the site's icons for tabs and home screens from `public/icon.svg`. A
 * maskable icon is cut to any shape, so its mark keeps to the middle (four fifths of the width are
 * safe). Browsers and phones ask for `/favicon.ico` and `/apple-touch-icon.png` unasked.
 */
export async function drawIcons(): Promise<Report> {
  const publicDir = resolve(import.meta.dirname, '../public')
  const svg = await readFile(join(publicDir, 'icon.svg'))
  const ink = '#1a1a17'
  await mkdir(join(publicDir, 'icons'), { recursive: true })

  const drawn = [
    { file: 'icons/icon-192.png', size: 192, markWidth: 1 },
    { file: 'icons/icon-512.png', size: 512, markWidth: 1 },
    { file: 'icons/maskable-512.png', size: 512, markWidth: 0.8 },
    { file: 'icons/apple-touch-icon.png', size: 180, markWidth: 0.9 },
    { file: 'apple-touch-icon.png', size: 180, markWidth: 0.9 },
  ]
  for (const { file, size, markWidth } of drawn) {
    const mark = await drawMark(Math.round(size * markWidth))
    const png = await sharp({ create: { width: size, height: size, channels: 3, background: ink } })
      .composite([{ input: mark, gravity: 'centre' }])
      .png({ palette: true, compressionLevel: 9 })
      .toBuffer()
    await writeFile(join(publicDir, file), png)
  }

  // The mark alone, with its own corners: a tab has the browser's colour.
  const pictures = await Promise.all(
    [16, 32, 48].map(async (size) => ({ size, png: await drawMark(size) })),
  )
  await writeFile(join(publicDir, 'favicon.ico'), toIco(pictures))
  const count = drawn.length + 1
  return {
    text: `${count} icons of ${site().name} are in public/.`,
    json: { folder: publicDir, icons: count },
  }

  /** The mark as a PNG, so wide in pixels. The drawing is 32 wide. */
  function drawMark(width: number): Promise<Buffer> {
    return sharp(svg, { density: (72 * width) / 32 })
      .resize(width, width)
      .png({ compressionLevel: 9 })
      .toBuffer()
  }
}
