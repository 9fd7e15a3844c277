import type { Palette } from './palette.ts'
import type { SeededRandom } from './seeded-random.ts'

/**
 * Draws on a ground of 96 × 64 and answers SVG elements. Places crop it: what matters stays within
 * x 6–90 and y 6–58. Whole coordinates, commas for spaces and one order of attributes keep it short
 * in a data URI and alike enough to compress.
 */
export type Composition = (random: SeededRandom, palette: Palette) => string

export const disc = (cx: number, cy: number, r: number, fill: string) =>
  `<circle cx='${cx}' cy='${cy}' r='${r}' fill='${fill}'/>`
export const shape = (fill: string, d: string) => `<path fill='${fill}' d='${d}'/>`
export const lines = (stroke: string, width: number, d: string) =>
  `<path fill='none' stroke='${stroke}' stroke-width='${width}' d='${d}'/>`
export const steps = (count: number) => Array.from({ length: count }, (_, index) => index)
