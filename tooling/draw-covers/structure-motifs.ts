import {
  area,
  around,
  at,
  blend,
  box,
  disc,
  line,
  type Point,
  polyline,
  ring,
  sheet,
  steps,
} from '#lib/covers/art/svg-marks.ts'
import type { Motif } from './cover-art.ts'

/** The front of a public building under a low sun. */
export const colonnade: Motif = (random, { ground, pale, deep, accent }) => {
  const count = random.pick([4, 5, 6, 7])
  const width = random.integer(1080, 1300)
  const left = (sheet.width - width) / 2
  const [eaves, base] = [340, 740]
  const pitch = width / count
  const shaft = pitch * random.pick([0.4, 0.46, 0.52])
  const columns = steps(count).map((column) => {
    const x = left + pitch * (column + 0.5) - shaft / 2
    const flutes = steps(5).map(
      (flute) => `M${at([x + (shaft * (flute + 1)) / 6, eaves + 34])}V${base - 30}`,
    )
    return [
      area(deep, box(x + shaft * 0.62, eaves + 20, shaft * 0.62, base - eaves - 20), 0.55),
      area(pale, box(x, eaves + 24, shaft, base - eaves - 44)),
      line(deep, 3, flutes.join(''), 0.45),
      area(pale, box(x - 12, eaves + 6, shaft + 24, 22) + box(x - 12, base - 22, shaft + 24, 22)),
    ].join('')
  })
  const peak = random.integer(110, 160)
  const sun: Point = [random.integer(260, 1340), random.integer(190, 300)]
  const stairs = steps(4).map((stair) =>
    area(
      blend(pale, deep, 0.08 + stair * 0.14),
      box(left - 30 - stair * 42, base + stair * 32, width + 60 + stair * 84, 33),
    ),
  )
  return [
    line(
      pale,
      2,
      steps(16)
        .map((row) => `M0 ${30 + row * 44}h1600`)
        .join(''),
      0.2,
    ),
    disc(sun, random.integer(120, 170), accent),
    area(blend(ground, deep, 0.75), box(left + 8, eaves, width - 16, base - eaves)),
    ...columns,
    area(pale, box(left - 24, eaves - 52, width + 48, 56)),
    line(deep, 3, `M${left - 24} ${eaves - 34}h${width + 48}`, 0.5),
    area(
      pale,
      polyline([
        [left - 44, eaves - 50],
        [sheet.width / 2, peak],
        [left + width + 44, eaves - 50],
      ]),
    ),
    area(
      blend(ground, deep, 0.75),
      polyline([
        [left + 90, eaves - 82],
        [sheet.width / 2, peak + 38],
        [left + width - 90, eaves - 82],
      ]),
    ),
    disc([sheet.width / 2, (eaves - 82 + peak) / 2 + 24], 30, accent),
    ...stairs,
    area(deep, box(0, base + 126, sheet.width, 60)),
  ].join('')
}

/** The door of a vault. */
export const vault: Motif = (random, { ground, pale, deep, accent }) => {
  const centre: Point = [random.integer(600, 1000), 450]
  const [bolts, spokes] = [random.pick([12, 16, 20]), random.pick([3, 5, 6])]
  const turned = random.fraction()
  const hatch = steps(28).map((stripe) => `M${stripe * 92 - 900} 900l900 -900`)
  const ticks = steps(120).map((tick) =>
    polyline([around(centre, tick % 10 ? 252 : 240, tick / 120), around(centre, 272, tick / 120)]),
  )
  const handles = steps(spokes).map((spoke) =>
    polyline([centre, around(centre, 176, turned + spoke / spokes)]),
  )
  const grips = steps(spokes).map((spoke) =>
    disc(around(centre, 176, turned + spoke / spokes), 26, pale),
  )
  return [
    line(pale, 4, hatch.join(''), 0.2),
    disc(centre, 404, deep),
    disc(centre, 388, blend(ground, pale, 0.3)),
    ring(centre, 340, deep, 3),
    ...steps(bolts).flatMap((bolt) => {
      const place = around(centre, 364, bolt / bolts)
      return [disc([place[0] + 3, place[1] + 4], 14, deep), disc(place, 13, pale)]
    }),
    disc(centre, 318, deep),
    disc(centre, 300, pale),
    line(deep, 4, ticks.join('')),
    disc(centre, 226, blend(ground, deep, 0.55)),
    ring(centre, 208, accent, 5),
    line(pale, 20, handles.join('')),
    ...grips,
    disc(centre, 98, accent),
    disc([centre[0], centre[1] - 20], 28, deep),
    area(deep, `M${at([centre[0] - 13, centre[1] - 14])}h26l18 76h-62z`),
  ].join('')
}

/** A quarry of cubes. */
export const quarry: Motif = (random, { ground, pale, deep, accent }) => {
  const [half, rise, count] = [84, 42, 11]
  const hills = steps(3).map(() => ({
    row: random.fraction() * count,
    column: random.fraction() * count,
    height: random.integer(3, 6),
    reach: 2 + random.fraction() * 2,
  }))
  const cubes: string[] = []
  for (const row of steps(count)) {
    for (const column of steps(count)) {
      const height = hills.reduce(
        (sum, hill) =>
          sum +
          hill.height *
            Math.exp(
              -(((row - hill.row) ** 2 + (column - hill.column) ** 2) / (2 * hill.reach ** 2)),
            ),
        0,
      )
      const storeys = Math.round(height)
      const [x, y] = [800 + (column - row) * half, 170 + (column + row) * rise - storeys * rise]
      const isMarked = random.fraction() < 0.07
      const top = isMarked ? accent : blend(ground, pale, 0.35 + 0.65 * Math.min(1, storeys / 6))
      const depth = rise * (storeys + 2)
      const floors = steps(storeys + 2).map(
        (floor) => `M${at([x - half, y + rise + floor * rise])}l${half} ${rise}l${half} ${-rise}`,
      )
      cubes.push(
        area(top, `M${at([x, y])}l${half} ${rise}l${-half} ${rise}l${-half} ${-rise}z`),
        area(
          blend(ground, deep, 0.45),
          `M${at([x - half, y + rise])}l${half} ${rise}v${depth}l${-half} ${-rise}z`,
        ),
        area(deep, `M${at([x + half, y + rise])}l${-half} ${rise}v${depth}l${half} ${-rise}z`),
        line(blend(ground, pale, 0.3), 2, floors.join(''), 0.5),
      )
    }
  }
  const sun: Point = [random.pick([230, 330, 1270, 1370]), random.integer(150, 220)]
  return [disc(sun, random.integer(80, 120), accent), ...cubes].join('')
}

/** Tiles of plain geometry, three rows of them. */
export const tiles: Motif = (random, { ground, pale, deep, accent }) => {
  const side = 300
  const inks = [pale, accent, deep, blend(ground, pale, 0.35), ground] as const
  const figures = [
    (ink: string) => area(ink, `M0 0h${side}a${side} ${side} 0 0 1 ${-side} ${side}z`),
    (ink: string, other: string) =>
      steps(4)
        .map((ringAt) => {
          const reach = side - ringAt * 75
          return area(
            ringAt % 2 ? other : ink,
            `M0 0h${reach}a${reach} ${reach} 0 0 1 ${-reach} ${reach}z`,
          )
        })
        .join(''),
    (ink: string, other: string) => disc([150, 150], 150, ink) + disc([150, 150], 62, other),
    (ink: string, other: string) =>
      area(ink, `M0 0a150 150 0 0 0 300 0z`) + area(other, `M0 300a150 150 0 0 1 300 0z`),
    (ink: string) =>
      line(
        ink,
        22,
        steps(5)
          .map((bar) => `M${30 + bar * 60} 11V289`)
          .join(''),
      ),
    (ink: string) => area(ink, `M0 0L300 300H0z`),
    (ink: string) =>
      steps(25)
        .map((dot) => disc([30 + (dot % 5) * 60, 30 + Math.floor(dot / 5) * 60], 17, ink))
        .join(''),
    (ink: string, other: string) =>
      area(ink, `M0 150L150 0L300 150L150 300z`) + disc([150, 150], 50, other),
  ] as const
  return steps(18)
    .map((cell) => {
      const under = random.pick(inks)
      const ink = random.pick([pale, accent, deep])
      const other = random.pick([pale, accent, deep])
      const [x, y] = [(cell % 6) * side - 100, Math.floor(cell / 6) * side]
      const figure = random.pick(figures)(
        ink === under ? ground : ink,
        other === ink ? under : other,
      )
      const turn = random.integer(0, 3) * 90
      return `<g transform="translate(${x} ${y})">${area(under, box(0, 0, side + 1, side + 1))}<g transform="rotate(${turn} 150 150)">${figure}</g></g>`
    })
    .join('')
}
