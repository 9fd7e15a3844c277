import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { publication } from '#lib/site/publication.ts'

/**
 * `npm run icons:draw`: draws the paper's icons for home screens from `public/icon.svg`. A maskable
 * icon is cut to any shape, so its mark keeps to the middle (four fifths of the width are safe).
 */
const publicDir = resolve(import.meta.dirname, '../public')
const svg = await readFile(join(publicDir, 'icon.svg'))
const ink = '#1a1a17'
await mkdir(join(publicDir, 'icons'), { recursive: true })

const drawn = [
  { file: 'icon-192', size: 192, markWidth: 1 },
  { file: 'icon-512', size: 512, markWidth: 1 },
  { file: 'maskable-512', size: 512, markWidth: 0.8 },
  { file: 'apple-touch-icon', size: 180, markWidth: 0.9 },
]
for (const { file, size, markWidth } of drawn) {
  const width = Math.round(size * markWidth)
  const mark = await sharp(svg, { density: (72 * width) / 32 })
    .resize(width, width)
    .png()
    .toBuffer()
  const png = await sharp({ create: { width: size, height: size, channels: 3, background: ink } })
    .composite([{ input: mark, gravity: 'centre' }])
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer()
  await writeFile(join(publicDir, 'icons', `${file}.png`), png)
}
console.log(`${drawn.length} icons of ${publication.name} are in public/icons.`)
