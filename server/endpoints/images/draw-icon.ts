import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import satori from 'satori'
import sharp from 'sharp'
import { site } from '#lib/site/site.ts'
import { loadFonts } from './share-card.ts'
import { toIco } from './to-ico.ts'

/** Where icons are served, and what each one is. Sizes are in pixels. */
export const icons = {
  '/icon.svg': { format: 'svg', sizes: [32], markWidth: 1 },
  '/favicon.ico': { format: 'ico', sizes: [16, 32, 48], markWidth: 1 },
  '/apple-touch-icon.png': { format: 'png', sizes: [180], markWidth: 0.9 },
  '/feed-icon.png': { format: 'png', sizes: [144], markWidth: 1 },
  '/icons/icon-192.png': { format: 'png', sizes: [192], markWidth: 1 },
  '/icons/icon-512.png': { format: 'png', sizes: [512], markWidth: 1 },
  // Cut to any shape, so the mark keeps to the middle: four fifths of the width are safe.
  '/icons/maskable-512.png': { format: 'png', sizes: [512], markWidth: 0.8 },
  '/icons/apple-touch-icon.png': { format: 'png', sizes: [180], markWidth: 0.9 },
} as const satisfies Record<string, IconShape>

/** `markWidth` is the part of the width that the mark takes; the rest is ground. */
type IconShape = { format: keyof typeof iconTypes; sizes: readonly number[]; markWidth: number }

export const iconTypes = {
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
} as const

export type Icon = IconShape & {
  /** The logo of the publication, an SVG drawing; without it, the first letter of its name. */
  logo: string | undefined
  name: string
  paper: string
  ink: string
}

/** The icons of the publication with the paths they are served at. Reads the logo now. */
export function listIcons(paperDir: string): (Icon & { path: string })[] {
  const { logo: file, name, theme } = site()
  const logo = file === undefined ? undefined : readFileSync(join(paperDir, file), 'utf8')
  const { paper, ink } = theme.light
  return Object.entries(icons).map(([path, shape]) => ({ path, ...shape, logo, name, paper, ink }))
}

/** An icon of the publication as a file of its format. Throws when the logo is no drawing. */
export async function drawIcon(icon: Icon): Promise<Buffer> {
  const svg = icon.logo ?? (await drawMonogram(icon))
  if (icon.format === 'svg') return Buffer.from(svg)
  const drawing = Buffer.from(svg)
  const { width = 32 } = await sharp(drawing).metadata()
  const drawMark = (side: number) =>
    sharp(drawing, { density: Math.min(2400, (72 * side) / width), limitInputPixels: 64_000_000 })
      .resize(side, side, { fit: 'contain', background: '#0000' })
      .png({ compressionLevel: 9 })
      .toBuffer()
  if (icon.format === 'ico') {
    // The mark alone, with its own corners: a tab has the browser's colour.
    return toIco(
      await Promise.all(icon.sizes.map(async (size) => ({ size, png: await drawMark(size) }))),
    )
  }
  const [size = 32] = icon.sizes
  const mark = await drawMark(Math.round(size * icon.markWidth))
  return await sharp({ create: { width: size, height: size, channels: 3, background: icon.ink } })
    .composite([{ input: mark, gravity: 'centre' }])
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer()
}

/** The first letter of a name, or a disc where our fonts lack it. Letters become outlines. */
async function drawMonogram({ name, paper, ink }: Icon): Promise<string> {
  const { faces, ranges } = await loadFonts()
  const [letter = ''] = name.normalize('NFC').toUpperCase()
  const code = letter.codePointAt(0) ?? 0
  const isWritable =
    /[\p{L}\p{N}]/u.test(letter) && ranges.some(({ first, last }) => code >= first && code <= last)
  const style = {
    display: 'flex',
    width: 32,
    height: 32,
    alignItems: 'center',
    justifyContent: 'center',
    background: ink,
    color: paper,
    fontSize: 24,
    fontWeight: 600,
    fontFamily: faces.map((face) => face.name).join(', '),
  }
  const disc = {
    type: 'div',
    key: null,
    props: { style: { width: 14, height: 14, borderRadius: 7, background: paper } },
  }
  const square = { type: 'div', key: null, props: { style, children: isWritable ? letter : disc } }
  return await satori(square, { width: 32, height: 32, fonts: faces })
}
