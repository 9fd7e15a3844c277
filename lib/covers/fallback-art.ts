import * as angular from './art/angular-compositions.ts'
import type { Composition } from './art/fallback-marks.ts'
import { palettes } from './art/palette.ts'
import * as round from './art/round-compositions.ts'
import { createSeededRandom } from './art/seeded-random.ts'

const draw = { ...angular, ...round }

/** What suits a category; any composition does for the others. */
const compositions: Record<string, readonly [Composition, ...Composition[]]> = {
  BITCOIN: [draw.sphere, draw.rosette, draw.halftone, draw.tiles],
  ETHEREUM: [draw.crystal, draw.orbits, draw.overprint, draw.sphere],
  MARKETS: [draw.candles, draw.ridges, draw.swell],
  TRADING: [draw.candles, draw.tracks, draw.ridges],
  REGULATION: [draw.arcade, draw.rosette, draw.tiles],
  SECURITY: [draw.keyhole, draw.contours, draw.halftone],
  DEFI: [draw.network, draw.orbits, draw.overprint],
  STABLECOINS: [draw.stacks, draw.swell, draw.rosette],
  MINING: [draw.blocks, draw.contours, draw.ridges],
  BUSINESS: [draw.tiles, draw.arcade, draw.stacks, draw.overprint],
  TECHNOLOGY: [draw.tracks, draw.network, draw.blocks, draw.halftone],
  CULTURE: [draw.overprint, draw.tiles, draw.swell, draw.halftone],
}

const everyComposition: readonly [Composition, ...Composition[]] = [
  draw.tiles,
  ...Object.values(draw),
]

/**
 * The drawing that stands where a cover is missing or did not load: an SVG document of at most 1.2 KB,
 * always the same for a seed and a category. It has no text, ids, scripts or references, so it
 * is safe wherever it is shown. Its shape is 3:2; places crop it. When you change a drawing, raise
 * `fallbackArtVersion`: browsers cache a drawing as immutable by its address.
 */
export function drawFallbackArt(seed: string, category?: string): string {
  const random = createSeededRandom(seed)
  const palette = random.pick(palettes)
  const composition = random.pick(
    (category === undefined ? undefined : compositions[category.toUpperCase()]) ?? everyComposition,
  )
  return [
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0,96,64'>",
    `<path fill='${palette.ground}' d='M0,0h96v64H0'/>`,
    composition(random, palette),
    '</svg>',
  ].join('')
}
