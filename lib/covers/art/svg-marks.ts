/** Marks on a sheet of 1600 × 900, as SVG elements. Lengths are the sheet's units. */
export const sheet = { width: 1600, height: 900 } as const

export type Point = readonly [x: number, y: number]

const short = (value: number) => Number(value.toFixed(1))

/** A point as path data. */
export const at = ([x, y]: Point) => `${short(x)} ${short(y)}`

/** Points joined by straight lines, as path data. */
export const polyline = (points: readonly Point[]) => `M${points.map(at).join('L')}`

/** Points joined by a curve that passes through the middle of each stretch, as path data. */
export function curve(points: readonly Point[]): string {
  const [first = [0, 0] as const, ...rest] = points
  const bends = rest.map((point, index) => {
    const next = rest[index + 1] ?? point
    return `Q${at(point)} ${at([(point[0] + next[0]) / 2, (point[1] + next[1]) / 2])}`
  })
  return `M${at(first)}${bends.join('')}`
}

export const disc = ([x, y]: Point, radius: number, ink: string, opacity = 1) =>
  `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${ink}" opacity="${opacity}"/>`

export const ring = ([x, y]: Point, radius: number, ink: string, width: number, opacity = 1) =>
  `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="none" stroke="${ink}" stroke-width="${width}" opacity="${opacity}"/>`

export const area = (ink: string, d: string, opacity = 1) =>
  `<path fill="${ink}" d="${d}" opacity="${opacity}"/>`

export const line = (ink: string, width: number, d: string, opacity = 1) =>
  `<path fill="none" stroke="${ink}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round" d="${d}" opacity="${opacity}"/>`

/** A rectangle as path data. */
export const box = (x: number, y: number, width: number, height: number) =>
  `M${at([x, y])}h${short(width)}v${short(height)}h${short(-width)}z`

/** An ellipse as path data. */
export const oval = ([x, y]: Point, rx: number, ry: number) =>
  `M${at([x - rx, y])}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`

/** A point at a distance and an angle in turns from a centre. */
export const around = ([x, y]: Point, radius: number, turns: number): Point => [
  x + radius * Math.cos(turns * 2 * Math.PI),
  y + radius * Math.sin(turns * 2 * Math.PI),
]

export const steps = (count: number) => Array.from({ length: count }, (_, index) => index)

/** The colour that lies `share` (0 to 1) of the way between two `#rgb` or `#rrggbb` colours. */
export function blend(from: string, to: string, share: number): string {
  const [start, end] = [channels(from), channels(to)]
  const mixed = start.map((value, index) => value + ((end[index] ?? value) - value) * share)
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`
}

function channels(colour: string): number[] {
  const digits = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour
  return [1, 3, 5].map((start) => Number.parseInt(digits.slice(start, start + 2), 16))
}

/** A field of dots on a slanted grid, each as large as `sizeAt` says (0 leaves it out). */
export function halftone(ink: string, pitch: number, sizeAt: (point: Point) => number): string {
  const dots: string[] = []
  for (let row = 0; row * pitch * 0.5 < sheet.height + pitch; row += 1) {
    for (let x = row % 2 ? pitch / 2 : 0; x < sheet.width + pitch; x += pitch) {
      const point = [x, row * pitch * 0.5] as const
      const radius = sizeAt(point)
      if (radius > 0.4)
        dots.push(
          `M${at(point)}m${short(-radius)} 0a${short(radius)} ${short(radius)} 0 1 0 ${short(2 * radius)} 0a${short(radius)} ${short(radius)} 0 1 0 ${short(-2 * radius)} 0`,
        )
    }
  }
  return area(ink, dots.join(''))
}
