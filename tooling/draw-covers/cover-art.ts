import { type Palette, palettes } from '#lib/covers/art/palette.ts'
import { createSeededRandom, type SeededRandom } from '#lib/covers/art/seeded-random.ts'
import { sheet } from '#lib/covers/art/svg-marks.ts'
import { circuit, crystals, network, overprint } from './abstract-motifs.ts'
import { candles, coin, ranges, stacks } from './money-motifs.ts'
import { colonnade, quarry, tiles, vault } from './structure-motifs.ts'

/** Draws on the ground of a sheet of 1600 × 900 and answers SVG elements. */
export type Motif = (random: SeededRandom, palette: Palette) => string

const motifs: Record<string, Motif> = {
  BITCOIN: coin,
  ETHEREUM: crystals,
  MARKETS: ranges,
  TRADING: candles,
  REGULATION: colonnade,
  SECURITY: vault,
  DEFI: network,
  STABLECOINS: stacks,
  MINING: quarry,
  BUSINESS: tiles,
  TECHNOLOGY: circuit,
  CULTURE: overprint,
}

/**
 * A cover of 1600 × 900 as an SVG document: the category's motif in inks that the seed chooses.
 * Always the same for a seed and a category. Far too long for a page: `raster-cover.ts` makes pixels of it.
 */
export function drawCoverArt(seed: string, category: string): string {
  const random = createSeededRandom(seed)
  const palette = random.pick(palettes)
  const motif = motifs[category.toUpperCase()] ?? tiles
  const isMirrored = random.fraction() < 0.5
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${sheet.width} ${sheet.height}">`,
    `<path fill="${palette.ground}" d="M0 0h${sheet.width}v${sheet.height}H0z"/>`,
    `<g transform="translate(${isMirrored ? sheet.width : 0} 0) scale(${isMirrored ? -1 : 1} 1)">`,
    motif(random, palette),
    '</g>',
    '</svg>',
  ].join('')
}
