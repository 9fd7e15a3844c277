import sharp from 'sharp'

/** The files of a drawn cover: pixels, and what each may weigh in bytes. */
const files = {
  full: { width: 1600, height: 900, mostBytes: 36_000 },
  regular: { width: 1080, height: 608, mostBytes: 13_500 },
  small: { width: 400, height: 225, mostBytes: 8_000 },
  thumb: { width: 200, height: 113, mostBytes: 4_000 },
} as const

export type CoverFileName = keyof typeof files

export function isCoverFileName(name: string): name is CoverFileName {
  return Object.hasOwn(files, name)
}

/**
 * One 16:9 file of a drawn cover as WebP, in the best quality that keeps it within its weight; a
 * drawing too rich for that comes in the lowest quality tried. The same SVG gives the same bytes.
 */
export async function rasterCover(svg: string, name: CoverFileName): Promise<Buffer> {
  const { width, height, mostBytes } = files[name]
  const { data, info } = await sharp(Buffer.from(svg))
    .resize(width, height, { fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  let file = Buffer.alloc(0)
  for (const quality of [82, 70, 58, 46, 34, 28]) {
    file = await sharp(data, { raw }).webp({ quality, effort: 6 }).toBuffer()
    if (file.length <= mostBytes) return file
  }
  return file
}
