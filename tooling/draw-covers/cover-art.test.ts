import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawCoverArt } from './cover-art.ts'
import { rasterCover } from './raster-cover.ts'

const categories = [
  ...['BITCOIN', 'ETHEREUM', 'MARKETS', 'TRADING', 'REGULATION', 'SECURITY', 'DEFI'],
  ...['STABLECOINS', 'MINING', 'BUSINESS', 'TECHNOLOGY', 'CULTURE', 'SOMETHING ELSE'],
]

describe('drawCoverArt', () => {
  it.each(categories)('draws %s the same way for the same seed only', (category) => {
    const svg = drawCoverArt('first', category)
    expect(svg).toBe(drawCoverArt('first', category))
    expect(svg).not.toBe(drawCoverArt('second', category))
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('rasterCover', () => {
  it('gives WebP in the size of its name, the same bytes every time', async () => {
    const svg = drawCoverArt('first', 'MARKETS')
    const file = await rasterCover(svg, 'small')
    expect(await sharp(file).metadata()).toMatchObject({ format: 'webp', width: 400, height: 225 })
    expect(file.equals(await rasterCover(svg, 'small'))).toBe(true)
  })

  it('keeps the full file of a busy drawing within 40 KiB', async () => {
    const file = await rasterCover(drawCoverArt('first', 'CULTURE'), 'full')
    expect(file.length).toBeLessThanOrEqual(40 * 1024)
  })
})
