import { type Composition, disc, lines, shape, steps } from './fallback-marks.ts'

/** A low sun and three bands of swell. */
export const swell: Composition = (random, { pale, ground, deep, accent }) => {
  const length = random.pick([24, 32, 40])
  const band = (fill: string, y: number) => {
    const crest = `${length / 2},-${random.integer(3, 8)},${length},0`
    return shape(
      fill,
      `M-${random.integer(0, length)},${y}q${crest}t${length},0,${length},0,${length},0,${length},0,${length},0V64H-9`,
    )
  }
  return [
    disc(random.integer(24, 72), random.integer(20, 32), random.integer(11, 20), accent),
    band(pale, random.integer(32, 38)),
    band(ground, random.integer(40, 45)),
    band(deep, random.integer(48, 53)),
  ].join('')
}

/** A sphere cut in horizontal lines, as engravers do, before a disc. */
export const sphere: Composition = (random, { pale, accent, deep }) => {
  const radius = random.integer(20, 25)
  const x = random.integer(36, 60)
  const chords = steps(Math.floor(radius / 1.5)).map((step) => {
    const y = 1.5 + step * 3 - radius
    const half = Math.round(Math.sqrt(Math.max(0, radius ** 2 - y ** 2)))
    return `M${x - half},${32 + y}h${2 * half}`
  })
  return [
    disc(96 - x, random.integer(20, 44), random.integer(12, 20), random.pick([accent, deep])),
    lines(pale, random.pick([1, 1.4, 1.8]), chords.join('')),
  ].join('')
}

/** Rows of dots that swell down the sheet over a disc. */
export const halftone: Composition = (random, { pale, accent, deep }) => {
  const ink = random.pick([pale, deep])
  const least = random.integer(0, 2)
  const rows = steps(8).map(
    (row) =>
      `<path stroke-width='${least + row * 0.75}' d='M${row % 2 ? 0 : 4},${4 + row * 8}h96'/>`,
  )
  return [
    disc(random.integer(30, 66), random.integer(22, 40), random.integer(16, 26), accent),
    `<g stroke='${ink}' stroke-linecap='round' stroke-dasharray='0,8'>${rows.join('')}</g>`,
  ].join('')
}

/** Contour lines of a hill. */
export const contours: Composition = (random, { pale, accent }) => {
  const [lean, drop] = [random.integer(-3, 3), random.integer(-2, 2)]
  const rings = steps(8).map(
    (ring) => `<circle cx='${ring * lean}' cy='${ring * drop}' r='${52 - ring * 6}'/>`,
  )
  const [x, y, turn] = [random.integer(38, 58), random.integer(26, 38), random.integer(-60, 60)]
  return [
    `<g fill='none' stroke='${pale}' stroke-width='.8' transform='translate(${x},${y})rotate(${turn})scale(${random.pick([1.2, 1.4, 1.6])},1)'>`,
    rings.join(''),
    '</g>',
    disc(random.integer(30, 66), random.integer(18, 46), random.integer(4, 8), accent),
  ].join('')
}

/** The rosette of a banknote: one ellipse, turned. */
export const rosette: Composition = (random, { pale, accent, deep }) => {
  const petals = random.pick([6, 8, 9])
  const [x, y] = [random.integer(34, 62), random.integer(26, 38)]
  const [rx, ry] = [random.integer(30, 44), random.integer(9, 16)]
  const turned = steps(petals).map(
    (petal) =>
      `<ellipse rx='${rx}' ry='${ry}' transform='rotate(${Math.round((petal * 180) / petals)})'/>`,
  )
  return [
    disc(x, y, random.integer(10, 20), random.pick([accent, deep])),
    `<g fill='none' stroke='${pale}' stroke-width='.6' transform='translate(${x},${y})'>`,
    turned.join(''),
    '</g>',
  ].join('')
}

/** Three discs of ink, printed over one another. */
export const overprint: Composition = (random, { pale, accent, deep }) =>
  [
    disc(random.integer(20, 38), random.integer(22, 42), random.integer(18, 26), deep),
    `<g opacity='.8'>${disc(random.integer(46, 56), random.integer(14, 32), random.integer(16, 24), pale)}</g>`,
    `<g opacity='.8'>${disc(random.integer(56, 76), random.integer(32, 46), random.integer(14, 22), accent)}</g>`,
  ].join('')

/** Orbits with a body on each. */
export const orbits: Composition = (random, { pale, accent, deep }) => {
  const [x, y] = [random.integer(34, 62), random.integer(26, 38)]
  const radii = [14, 24, 34, 44]
  const bodies = radii.map((radius) => {
    const angle = random.fraction() * 2 * Math.PI
    const [cx, cy] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
    return disc(Math.round(cx), Math.round(cy), random.integer(2, 4), pale)
  })
  const rings = radii.map((radius) => `<circle cx='${x}' cy='${y}' r='${radius}'/>`)
  return [
    `<g fill='none' stroke='${deep}' stroke-width='.8'>${rings.join('')}</g>`,
    disc(x, y, random.integer(6, 9), accent),
    ...bodies,
  ].join('')
}

/** A keyhole in rings. */
export const keyhole: Composition = (random, { pale, accent, deep }) => {
  const [x, y] = [random.integer(38, 58), random.integer(27, 34)]
  const gap = random.integer(5, 8)
  const rings = steps(4).map((ring) => `<circle cx='${x}' cy='${y}' r='${16 + ring * gap}'/>`)
  return [
    `<g fill='none' stroke='${pale}' stroke-width='${random.pick([0.6, 1, 1.6])}'>${rings.join('')}</g>`,
    disc(x, y, 13, accent),
    disc(x, y - 3, 4, deep),
    shape(deep, `M${x - 2},${y - 3}h4l2,12h-8`),
  ].join('')
}
