import { type Composition, disc, lines, shape, steps } from './fallback-marks.ts'

/** A run of market candles over hairlines. */
export const candles: Composition = (random, { pale, accent, deep }) => {
  const drift = random.pick([-2, 0, 2])
  let level = 32 - drift * 7
  const strokes = { wicks: '', up: '', down: '' }
  for (const column of steps(10)) {
    const swing = random.integer(4, 13) * (random.integer(10, 54) < level ? -1 : 1)
    const close = Math.min(50, Math.max(14, level + swing + drift))
    const [top, height] = [Math.min(level, close), Math.max(2, Math.abs(close - level))]
    const x = 8 + column * 9
    strokes.wicks += `M${x},${top - random.integer(2, 6)}v${height + 8}`
    strokes[close < level ? 'up' : 'down'] += `M${x},${top}v${height}`
    level = close
  }
  return [
    lines(deep, 0.4, 'M0,16h96M0,32h96M0,48h96'),
    lines(pale, 0.7, strokes.wicks),
    lines(pale, 5, strokes.up),
    lines(accent, 5, strokes.down),
  ].join('')
}

/** Cubes on a line, each joined to the one before. */
export const blocks: Composition = (random, { pale, accent, deep }) => {
  const half = random.integer(8, 10)
  const rise = half / 2
  const faces = { chain: '', top: '', left: '', right: '' }
  for (const place of steps(4)) {
    const [x, y] = [9 + place * 26, random.integer(8, 54 - half * 2)]
    faces.chain += `${place ? 'L' : 'M'}${x},${y + half}`
    faces.top += `M${x},${y}l${half},${rise}-${half},${rise}-${half}-${rise}`
    faces.left += `M${x},${y + half}v${half}l-${half}-${rise}v-${half}`
    faces.right += `M${x},${y + half}v${half}l${half}-${rise}v-${half}`
  }
  return [
    lines(pale, 0.8, `${faces.chain}L96,${random.integer(20, 44)}`),
    shape(pale, faces.top),
    shape(accent, faces.left),
    shape(deep, faces.right),
  ].join('')
}

/** Six tiles of plain geometry. */
export const tiles: Composition = (random, { pale, accent, deep }) => {
  const figures = [
    'h32a32,32,0,0,1-32,32',
    'v32h32a32,32,0,0,0-32-32',
    'm32,0v32h-32a32,32,0,0,1,32-32',
    'm32,32v-32h-32a32,32,0,0,0,32,32',
    'm16,0a16,16,0,0,1,0,32a16,16,0,0,1,0-32',
    'a16,16,0,0,0,32,0zm0,32a16,16,0,0,1,32,0',
    'l32,32h-32',
    'h32v32h-32',
  ] as const
  const outlines = new Map([pale, accent, deep].map((ink) => [ink, '']))
  for (const cell of steps(6)) {
    const ink = random.pick([pale, accent, deep])
    const corner = `M${(cell % 3) * 32},${cell > 2 ? 32 : 0}`
    // One path for each ink: neighbours of one colour then meet without a seam.
    outlines.set(ink, `${outlines.get(ink)}${corner}${random.pick(figures)}z`)
  }
  return [...outlines].map(([ink, outline]) => (outline ? shape(ink, outline) : '')).join('')
}

/** Ridges behind ridges, or prices behind prices. */
export const ridges: Composition = (random, { pale, accent, deep, ground }) => {
  const ridge = (fill: string, base: number, reach: number) => {
    const peaks = steps(7).map((peak) => `,${peak * 16},${base - random.integer(0, reach)}`)
    return shape(fill, `M0,64L0,${base}${peaks.join('')}V64`)
  }
  return [
    disc(random.integer(24, 72), random.integer(14, 24), random.integer(7, 12), accent),
    ridge(pale, 38, 17),
    ridge(ground, 52, 12),
    ridge(deep, 60, 14),
  ].join('')
}

/** An arcade; the sun stands in one of the arches. */
export const arcade: Composition = (random, { pale, accent, deep }) => {
  const count = random.integer(2, 4)
  const pitch = Math.floor(84 / count)
  const half = Math.floor(pitch / 2) - random.integer(2, 4)
  const top = random.integer(18, 24)
  const spring = Math.min(top + half, 44)
  const lit = random.integer(0, count - 1)
  const left = (arch: number) => 6 + arch * pitch + pitch / 2 - half
  const arch = (place: number) =>
    `M${left(place)},58V${spring}a${half},${spring - top},0,0,1,${half * 2},0V58z`
  return [
    shape(pale, `M0,${top - 12}h96v3H0zm0,5h96v1H0zM0,58h96v6H0`),
    shape(
      deep,
      steps(count)
        .filter((place) => place !== lit)
        .map(arch)
        .join(''),
    ),
    shape(pale, arch(lit)),
    disc(
      left(lit) + half,
      random.integer(spring, 50),
      Math.min(half - 3, random.integer(6, 9)),
      accent,
    ),
  ].join('')
}

/** Points and the lines between them. */
export const network: Composition = (random, { pale, accent, deep }) => {
  const points = steps(7).map((point) => [12 + point * 12, random.integer(10, 54)] as const)
  const [hubX, hubY] = points[random.integer(2, 4)] ?? [48, 32]
  return [
    lines(deep, 0.8, points.map(([x, y]) => `M${hubX},${hubY}L${x},${y}`).join('')),
    lines(pale, 0.6, `M${points.map((point) => point.join()).join('L')}`),
    `<path stroke='${pale}' stroke-width='5' stroke-linecap='round' d='${points.map(([x, y]) => `M${x},${y}h0`).join('')}'/>`,
    disc(hubX, hubY, random.integer(6, 9), accent),
  ].join('')
}

/** Stacks of coins, seen from the side. */
export const stacks: Composition = (random, { pale, accent, deep }) => {
  const coins = steps(4).map((stack) => {
    const count = random.integer(2, 8)
    return steps(count)
      .map((coin) => `M${12 + stack * 21 + random.integer(-1, 1)},${54 - coin * 6}h12`)
      .join('')
  })
  const marked = random.integer(0, 3)
  return [
    lines(deep, 1, 'M0,57.5h96'),
    `<g stroke-linecap='round' stroke-width='4.6'>`,
    `<path stroke='${pale}' d='${coins.filter((_, stack) => stack !== marked).join('')}'/>`,
    `<path stroke='${accent}' d='${coins[marked]}'/></g>`,
  ].join('')
}

/** A cut stone of four facets. */
export const crystal: Composition = (random, { pale, accent, deep, ground }) => {
  const [x, waist] = [random.integer(42, 54), random.integer(26, 38)]
  const [left, right] = [random.integer(14, 30), random.integer(14, 30)]
  const dip = random.integer(4, 11)
  return [
    disc(random.integer(28, 68), random.integer(22, 42), random.integer(20, 27), deep),
    `<g transform='rotate(${random.integer(-16, 16)},48,32)'>`,
    shape(pale, `M${x},6l-${left},${waist - 6}l${left},${dip}`),
    shape(accent, `M${x},6l${right},${waist - 6}l-${right},${dip}`),
    shape(accent, `M${x},58l-${left},${waist - 58}l${left},${dip}`),
    shape(ground, `M${x},58l${right},${waist - 58}l-${right},${dip}`),
    '</g>',
  ].join('')
}

/** Parallel tracks that turn a corner together. */
export const tracks: Composition = (random, { pale, accent, deep }) => {
  const [x, y] = [random.integer(26, 44), random.integer(20, 30)]
  const width = random.integer(4, 6)
  const inks = [pale, accent, deep, pale]
  const turns = inks.map((ink, track) => {
    const radius = 22 - track * width
    return lines(
      ink,
      width - 1,
      `M-4,${y - 10 + track * width}H${x}a${radius},${radius},0,0,1,${radius},${radius}V70`,
    )
  })
  return [
    disc(random.integer(70, 82), random.integer(16, 48), random.integer(6, 10), accent),
    ...turns,
  ].join('')
}
