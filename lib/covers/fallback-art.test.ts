import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawFallbackArt, toFallbackDataUri } from './fallback-art.ts'

const categories = [
  ...['BITCOIN', 'ETHEREUM', 'MARKETS', 'TRADING', 'REGULATION', 'SECURITY', 'DEFI'],
  ...['STABLECOINS', 'MINING', 'BUSINESS', 'TECHNOLOGY', 'CULTURE', 'constructor'],
]
const many = Array.from({ length: 1000 }, (_, index) =>
  drawFallbackArt(`story-${index}`, categories[index % categories.length]),
)

describe('drawFallbackArt', () => {
  it('is always the same for an article and differs between articles', () => {
    expect(drawFallbackArt('story-7', 'MINING')).toBe(drawFallbackArt('story-7', 'mining'))
    expect(new Set(many).size).toBe(many.length)
  })

  it('stays within 700 bytes', () => {
    expect(Math.max(...many.map((svg) => svg.length))).toBeLessThanOrEqual(700)
  })

  it('holds no number that failed to come out', () => {
    expect(many.filter((svg) => /NaN|undefined|Infinity|\d\.\d{4}/.test(svg))).toEqual([])
  })

  it('has nothing that could clash, run or be fetched', () => {
    expect(
      many.filter((svg) => /<text|<script|<use|<image|\bid=|href|url\(|on\w+=/.test(svg)),
    ).toEqual([])
  })

  it('is a picture of 3:2 that a renderer can draw', async () => {
    for (const svg of many.slice(0, 60)) {
      const { width, height } = await sharp(Buffer.from(svg)).metadata()
      expect([width, height]).toEqual([96, 64])
    }
  })
})

describe('toFallbackDataUri', () => {
  it('gives the SVG back when decoded', () => {
    const [svg = ''] = many
    const uri = toFallbackDataUri(svg)
    expect(decodeURIComponent(uri.slice('data:image/svg+xml,'.length))).toBe(svg)
  })

  it('leaves nothing that url(…) or an attribute would misread', () => {
    expect(toFallbackDataUri(`<a b='(1)' c="&#%">\nї</a>`)).toMatch(
      /^data:image\/svg\+xml,[\w%,/=.-]+$/,
    )
  })
})
