import {
  area,
  around,
  at,
  blend,
  box,
  curve,
  disc,
  halftone,
  line,
  type Point,
  polyline,
  ring,
  steps,
} from '#lib/covers/art/svg-marks.ts'
import type { Motif } from './cover-art.ts'

/** Cut stones over rings of light. */
export const crystals: Motif = (random, { ground, pale, deep, accent }) => {
  const stone = (centre: Point, size: number, turn: number) => {
    const front = steps(5).map((corner): Point => {
      const share = corner / 4
      const wobble = corner % 4 ? random.integer(-8, 8) / 100 : 0
      return [
        centre[0] + size * 0.62 * -Math.cos((share + wobble) * Math.PI),
        centre[1] + size * (0.22 * Math.sin(share * Math.PI) - 0.08),
      ]
    })
    const lean = random.integer(-12, 12) / 100
    const top: Point = [centre[0] + size * lean, centre[1] - size]
    const bottom: Point = [centre[0] - size * lean, centre[1] + size]
    const facets = steps(4).map((facet) => {
      const [from, to] = [front[facet] ?? top, front[facet + 1] ?? top]
      const shade = facet / 3
      return [
        area(blend(pale, accent, shade), `${polyline([top, from, to])}z`),
        area(blend(accent, deep, 0.2 + shade * 0.7), `${polyline([bottom, from, to])}z`),
      ].join('')
    })
    const edges = front
      .slice(1, 4)
      .map((corner) => polyline([top, corner, bottom]))
      .join('')
    return `<g transform="rotate(${turn} ${at(centre)})">${facets.join('')}${line(deep, 3, edges + polyline(front), 0.35)}</g>`
  }
  const centre: Point = [random.integer(640, 960), random.integer(430, 470)]
  const reach = random.integer(340, 430)
  const ticks = steps(72).map((tick) =>
    polyline([
      around(centre, reach + 50, tick / 72),
      around(centre, reach + (tick % 6 ? 80 : 120), tick / 72),
    ]),
  )
  const splinters = steps(random.integer(2, 4)).map((splinter) => {
    const side = splinter % 2 ? 1 : -1
    const away = random.integer(270, 350) + (splinter > 1 ? 230 : 0)
    const place: Point = [centre[0] + side * away, centre[1] + random.integer(-130, 190)]
    return stone(place, random.integer(110, splinter > 1 ? 150 : 240), side * random.integer(4, 26))
  })
  return [
    disc(centre, reach, blend(ground, deep, 0.55)),
    ...steps(6).map((orbit) => ring(centre, reach + orbit * 84, pale, 2, 0.35 - orbit * 0.05)),
    line(pale, 3, ticks.join(''), 0.5),
    ...splinters,
    stone(centre, random.integer(300, 390), random.integer(-14, 14)),
  ].join('')
}

/** A mesh of facets, the lines of it, and the points where much comes together. */
export const network: Motif = (random, { ground, pale, deep, accent }) => {
  const [columns, rows] = [10, 6]
  const points = steps(columns * rows).map(
    (place): Point => [
      (place % columns) * 200 - 100 + random.integer(-62, 62),
      Math.floor(place / columns) * 220 - 100 + random.integer(-66, 66),
    ],
  )
  const pointAt = (column: number, row: number) => points[row * columns + column] ?? [0, 0]
  const facets: string[] = []
  const edges: string[] = []
  for (const row of steps(rows - 1)) {
    for (const column of steps(columns - 1)) {
      const [a, b] = [pointAt(column, row), pointAt(column + 1, row)]
      const [c, d] = [pointAt(column, row + 1), pointAt(column + 1, row + 1)]
      const halves = random.pick([
        [polyline([a, b, c]), polyline([b, d, c])],
        [polyline([a, b, d]), polyline([a, d, c])],
      ])
      for (const half of halves) {
        const isLit = random.fraction() < 0.1
        const ink = isLit
          ? blend(ground, accent, 0.75)
          : blend(ground, deep, random.integer(0, 7) / 10)
        facets.push(area(ink, `${half}z`))
        edges.push(`${half}z`)
      }
    }
  }
  const hubs = steps(4).map((hub) =>
    pointAt(1 + hub * 2 + random.integer(0, 1), random.integer(1, 3)),
  )
  return [
    ...facets,
    line(pale, 2.5, edges.join(''), 0.65),
    ...points.map((point) => disc(point, random.integer(7, 16), pale)),
    ...hubs.map((hub, index) => {
      const radius = 40 + index * 12
      return (
        disc(hub, radius + 24, deep) +
        ring(hub, radius + 12, pale, 4) +
        disc(hub, radius, index % 3 ? pale : accent) +
        disc(hub, radius / 3, deep)
      )
    }),
  ].join('')
}

/** A chip and the tracks that leave it. */
export const circuit: Motif = (random, { ground, pale, deep, accent }) => {
  const [half, pins, pitch] = [190, 7, 46]
  const centre: Point = [random.integer(640, 960), 450]
  const tracks: string[] = []
  const ends: Point[] = []
  for (const side of steps(4)) {
    for (const pin of steps(pins)) {
      const offset = (pin - (pins - 1) / 2) * pitch
      const fan = offset * (random.fraction() < 0.2 ? 2.6 : 1.9)
      const reach = side % 2 ? random.integer(330, 430) : random.integer(430, 900)
      const local: Point[] = [
        [half, offset],
        [half + 40 + (Math.abs(offset) / pitch) * -12 + 40, offset],
        [half + 80 + Math.abs(fan - offset), fan],
        [Math.max(reach, half + 110 + Math.abs(fan - offset)), fan],
      ]
      const turned = local.map(([x, y]): Point => {
        const [dx = 0, dy = 0] =
          [
            [x, y],
            [-y, x],
            [-x, -y],
            [y, -x],
          ][side] ?? []
        return [centre[0] + dx, centre[1] + dy]
      })
      tracks.push(polyline(turned))
      const end = turned.at(-1)
      if (end) ends.push(end)
    }
  }
  const square = (reach: number) => box(centre[0] - reach, centre[1] - reach, reach * 2, reach * 2)
  return [
    disc(centre, 400, blend(ground, deep, 0.3)),
    line(deep, 16, tracks.join('')),
    line(pale, 7, tracks.join('')),
    ...ends.map((end, index) => disc(end, 17, deep) + disc(end, 12, index % 5 ? pale : accent)),
    area(deep, square(half + 16)),
    area(pale, square(half)),
    area(blend(ground, deep, 0.4), square(half - 34)),
    ...steps(4).map((nested) =>
      line(nested % 2 ? pale : accent, 4, square(half - 60 - nested * 26)),
    ),
    disc(centre, 42, accent),
    disc([centre[0] - half + 17, centre[1] - half + 17], 8, deep),
  ].join('')
}

/** Discs, leaves and waves of ink printed over one another. */
export const overprint: Motif = (random, { ground, pale, deep, accent }) => {
  const [first, second]: [Point, Point] = [
    [random.integer(420, 640), random.integer(360, 540)],
    [random.integer(860, 1060), random.integer(300, 460)],
  ]
  const [wide, narrow] = [random.integer(270, 340), random.integer(210, 270)]
  const leaf = (foot: Point, length: number, turn: number) => {
    const blades = steps(7).map((blade) => {
      const up = (blade + 0.6) / 7.6
      const reach = length * 0.34 * Math.sin(Math.PI * (0.18 + up * 0.8)) + 14
      const y = foot[1] - length * up
      const tip = (side: number) =>
        `M${at([foot[0], y])}q${reach * side * 0.5} -70 ${reach * side} -84q${reach * side * -0.2} 76 ${-reach * side} 84z`
      return tip(1) + tip(-1)
    })
    return `<g transform="rotate(${turn} ${at(foot)})">${area(pale, blades.join(''))}${line(pale, 9, `M${at(foot)}v${-length}`)}</g>`
  }
  const waves = steps(6).map((row) =>
    curve(steps(20).map((step): Point => [step * 96 - 60, 650 + row * 48 + (step % 2 ? 28 : -28)])),
  )
  return [
    disc(first, wide, deep),
    disc(second, narrow, accent, 0.9),
    halftone(pale, 46, ([x, y]) => {
      const distance = Math.hypot(x - second[0] - 130, y - second[1] - 90)
      return distance > wide ? 0 : 17 * (1 - distance / wide) ** 0.6
    }),
    line(blend(ground, pale, 0.55), 8, waves.join(''), 0.9),
    leaf(
      [first[0] + random.integer(-60, 60), 860],
      random.integer(520, 640),
      random.integer(-18, 4),
    ),
    leaf(
      [first[0] + random.integer(120, 260), 880],
      random.integer(340, 440),
      random.integer(10, 30),
    ),
  ].join('')
}
