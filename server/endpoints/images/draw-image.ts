import sharp from 'sharp'
import { drawFallbackArt } from '#lib/covers/fallback-art.ts'
import { drawIcon, type Icon } from './draw-icon.ts'
import { drawShareCard, type ShareCard } from './share-card.ts'

/** A picture that is made here: a card, drawn art, an icon, or a file of ours cut to a size in pixels. */
export type Drawing =
  | { kind: 'card'; card: ShareCard }
  | { kind: 'art'; seed: string; category: string; width: number; height: number }
  | { kind: 'icon'; icon: Icon }
  | { kind: 'crop'; file: string; width: number; height: number }

const jpeg = { quality: 80, mozjpeg: true }

/**
 * The picture as JPEG, or an icon in its format. Throws when the file cannot be read as a picture. Runs in
 * a thread of its own: setting a headline takes a tenth of a second.
 */
export async function drawImage(drawing: Drawing): Promise<Buffer> {
  if (drawing.kind === 'card') return await drawShareCard(drawing.card)
  if (drawing.kind === 'icon') return await drawIcon(drawing.icon)
  const { width, height } = drawing
  if (drawing.kind === 'art') {
    const svg = Buffer.from(drawFallbackArt(drawing.seed, drawing.category))
    return await sharp(svg, { density: 1200 }).resize(width, height).jpeg(jpeg).toBuffer()
  }
  return await sharp(drawing.file, { limitInputPixels: 64_000_000 })
    .rotate()
    .resize(width, height, { fit: 'cover', position: 'entropy' })
    .flatten({ background: '#fff' })
    .jpeg(jpeg)
    .toBuffer()
}
