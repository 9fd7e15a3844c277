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
  oval,
  type Point,
  polyline,
  ring,
  sheet,
  steps,
} from '#lib/covers/art/svg-marks.ts'
import type { Motif } from './cover-art.ts'

/** A coin like a small planet, engraved in lines that swell in the shade. */
export const coin: Motif = (random, { ground, pale, deep, accent }) => {
  const radius = random.integer(270, 330)
  const centre: Point = [random.integer(620, 980), random.integer(420, 480)]
  const light = random.pick([-0.6, 0.6])
  const pitch = random.integer(13, 17)
  const strokes: string[] = []
  for (let y = -radius + pitch / 2; y < radius; y += pitch) {
    const half = Math.sqrt(radius ** 2 - y ** 2)
    const edge = steps(41).map((step) => {
      const x = half * (step / 20 - 1)
      const depth = Math.sqrt(Math.max(0, radius ** 2 - x ** 2 - y ** 2))
      const shade = 1 - Math.max(0, (light * x - 0.45 * y + 0.66 * depth) / radius)
      return { x, thickness: Math.min(1, shade ** 1.3) * pitch * 0.46 }
    })
    const over = edge.map(({ x, thickness }): Point => [centre[0] + x, centre[1] + y - thickness])
    const under = edge.map(({ x, thickness }): Point => [centre[0] + x, centre[1] + y + thickness])
    strokes.push(`${polyline([...over, ...under.reverse()])}z`)
  }
  const ticks = steps(180).map((tick) =>
    polyline([around(centre, radius + 26, tick / 180), around(centre, radius + 48, tick / 180)]),
  )
  const sun: Point = [centre[0] - light * random.integer(420, 560), random.integer(230, 420)]
  return [
    line(
      pale,
      2,
      steps(22)
        .map((row) => `M0 ${20 + row * 42}h1600`)
        .join(''),
      0.18,
    ),
    disc(sun, random.integer(120, 190), accent),
    disc(centre, radius + 62, ground),
    ring(centre, radius + 60, pale, 4),
    line(pale, 4, ticks.join('')),
    disc(centre, radius + 12, pale),
    area(deep, strokes.join('')),
  ].join('')
}

/** Prices as mountains: ranges of fine random walks, the far ones hatched. */
export const ranges: Motif = (random, { ground, pale, deep, accent }) => {
  const layers = steps(5).map((layer) => {
    let height = random.integer(-30, 30)
    const swell = random.fraction()
    const walk = steps(81).map((step): Point => {
      height = height * 0.97 + random.integer(-26, 26)
      const drift = 70 * Math.sin((step / 80) * 5 + swell * 6.3)
      return [step * 20, 330 + layer * 105 + height - drift * (1 - layer / 6)]
    })
    const ink = blend(blend(pale, ground, 0.15), deep, layer / 4)
    const body = area(ink, `${polyline(walk)}V900H0z`)
    const bars = walk.map(([x, y]) => `M${x} ${Math.round(y) + 14}V900`).join('')
    return layer === 0 || layer === 2 ? body + line(deep, 2, bars, 0.28) : body
  })
  const sun: Point = [random.integer(360, 1240), random.integer(190, 260)]
  const radius = random.integer(110, 160)
  return [
    line(
      pale,
      2,
      steps(8)
        .map((row) => `M0 ${60 + row * 48}h1600`)
        .join(''),
      0.3,
    ),
    ring(sun, radius + 34, accent, 3),
    disc(sun, radius, accent),
    ...layers,
  ].join('')
}

/** A trading day: candles, their moving average, and the volume below. */
export const candles: Motif = (random, { ground, pale, deep, accent }) => {
  const drift = random.pick([-6, -3, 4, 7])
  let level = 420 - drift * 12
  const marks = { rising: '', falling: '', wicks: '', volume: '' }
  const middles: Point[] = []
  for (const column of steps(27)) {
    const swing = random.integer(24, 110) * (random.integer(150, 690) < level ? -1 : 1)
    const close = Math.min(650, Math.max(150, level + swing - drift))
    const x = 20 + column * 60
    const [top, height] = [Math.min(level, close), Math.max(8, Math.abs(close - level))]
    marks.wicks += `M${x} ${top - random.integer(14, 60)}V${top + height + random.integer(14, 60)}`
    marks[close < level ? 'rising' : 'falling'] += box(x - 18, top, 36, height)
    marks.volume += box(x - 18, 900 - height * 1.1 - 30, 36, 900)
    middles.push([x, (level + close) / 2])
    level = close
  }
  const average = middles.map(([x], index): Point => {
    const near = middles.slice(Math.max(0, index - 4), index + 4)
    return [x, near.reduce((sum, [, y]) => sum + y, 0) / near.length + 30]
  })
  const sun: Point = [random.integer(300, 1300), random.integer(260, 420)]
  return [
    disc(sun, random.integer(190, 260), blend(ground, accent, 0.35)),
    line(
      pale,
      2,
      steps(7)
        .map((row) => `M0 ${90 + row * 110}h1600`)
        .join(''),
      0.25,
    ),
    area(deep, marks.volume),
    line(pale, 4, marks.wicks),
    area(pale, marks.rising),
    area(accent, marks.falling),
    line(deep, 9, curve(average)),
    line(pale, 4, curve(average)),
  ].join('')
}

/** Coins in stacks before a rising disc. */
export const stacks: Motif = (random, { ground, pale, deep, accent }) => {
  const [rx, ry, thickness] = [116, 30, 36]
  const marked = random.integer(0, 4)
  const floor = 800
  const columns = steps(5).map((stack) => {
    const x = 220 + stack * 290
    const count = random.integer(3, 14)
    const ink = stack === marked ? accent : pale
    const coins = steps(count).map((coin) => {
      const centre: Point = [x + random.integer(-9, 9), floor - coin * thickness]
      const side = `M${at([centre[0] - rx, centre[1] - thickness])}v${thickness}a${rx} ${ry} 0 0 0 ${2 * rx} 0v${-thickness}`
      const milling = steps(25).map((tick) => {
        const [mx, my] = around([0, 0], 1, (tick + 1) / 52)
        return `M${at([centre[0] + mx * rx, centre[1] + my * ry - thickness + 7])}v${thickness - 12}`
      })
      return [
        area(blend(ink, deep, 0.28), side),
        line(deep, 3, milling.join(''), 0.5),
        area(ink, oval([centre[0], centre[1] - thickness], rx, ry)),
        line(deep, 2, oval([centre[0], centre[1] - thickness], rx - 16, ry - 5), 0.45),
      ].join('')
    })
    return area(deep, oval([x + 26, floor + 6], rx + 24, ry + 6), 0.45) + coins.join('')
  })
  const sun: Point = [random.integer(380, 1220), random.integer(300, 380)]
  const reach = random.integer(240, 300)
  return [
    disc(sun, reach, blend(ground, pale, 0.35)),
    halftone(accent, 40, ([x, y]) => {
      const distance = Math.hypot(x - sun[0], y - sun[1])
      return distance > reach - 14 ? 0 : 17 * Math.max(0, (y - sun[1] + reach) / (2 * reach)) ** 1.2
    }),
    area(blend(ground, deep, 0.6), box(0, 760, sheet.width, 140)),
    ...columns,
  ].join('')
}
