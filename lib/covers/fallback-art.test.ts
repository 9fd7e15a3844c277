import { hash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { fallbackArtVersion } from '#lib/site/document-paths.ts'
import { drawFallbackArt } from './fallback-art.ts'

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

  it('draws what this version of the fallback art has always drawn', () => {
    // A changed drawing needs a higher version: browsers cache drawings as immutable.
    expect([fallbackArtVersion, hash('sha1', many.join(''), 'hex')]).toEqual([
      1,
      'edd7ada6c82b2fea998d1e643e70d21a1f90b59d',
    ])
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
