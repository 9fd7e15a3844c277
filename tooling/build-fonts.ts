import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import subsetFont from 'subset-font'

const root = resolve(import.meta.dirname, '..')
const packageDir = join(root, 'node_modules/@fontsource-variable/source-serif-4')

/** Where the files and their style sheet lie: `app/globals.css` imports it. */
const fontsDir = join(root, '.fonts')

/**
 * The files, each with its letters: Unicode code points and ranges of them, both ends included. The
 * first is what English is set in, and all that most pages fetch; letters with accents come apart.
 */
const files = {
  latin: {
    from: 'latin',
    letters:
      'U+20-7E, U+A0, U+A3, U+A7, U+A9, U+AB, U+AE, U+B0, U+B1, U+B7, U+BB, U+D7, U+2009-200A, U+2010-2014, U+2018-201A, U+201C-201E, U+2020, U+2022, U+2026, U+202F, U+2032-2033, U+2039-203A, U+20AC, U+2122, U+2191, U+2193, U+2212',
  },
  accents: {
    from: 'latin',
    letters:
      'U+A1-A2, U+A4-A6, U+A8, U+AA, U+AC-AD, U+AF, U+B2-B6, U+B8-BA, U+BC-D6, U+D8-FF, U+131, U+152-153, U+2BB-2BC, U+2C6, U+2DA, U+2DC',
  },
  cyrillic: {
    from: 'cyrillic',
    letters: 'U+401, U+404, U+406-407, U+410-44F, U+451, U+454, U+456-457, U+490-491, U+2116',
  },
  cyrillicExtra: {
    from: 'cyrillic',
    letters: 'U+400, U+402-403, U+405, U+408-40F, U+450, U+452-453, U+455, U+458-45F',
  },
}

type FontFile = { name: string; from: string; letters: string }

/** Upright in every weight that the style sheets ask for; slanted in the one that texts need. */
const styles = {
  normal: { axis: { min: 400, max: 800, default: 400 }, weight: '400 800' },
  italic: { axis: 400, weight: '400' },
}

/**
 * Calls `buildFonts` unless the files at hand were made by this code from this version of the typeface. For the
 * hook of next.config.ts, which Next calls in several processes.
 */
export async function buildFontsWhenStale(): Promise<void> {
  const stampFile = join(fontsDir, '.stamp')
  const stamp = createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .update(readFileSync(join(packageDir, 'package.json')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  await buildFonts()
  writeFileSync(stampFile, stamp)
}

/**
 * Cuts the publication's typeface down to the letters and weights it uses, and writes the style sheet that
 * declares them. A browser fetches a file when a page has a letter in its range.
 */
export async function buildFonts(outDir = fontsDir): Promise<void> {
  mkdirSync(outDir, { recursive: true })
  const faces = Object.entries(files).flatMap(([name, file]) => [
    toFace(outDir, { name, ...file }, 'normal'),
    toFace(outDir, { name, ...file }, 'italic'),
  ])
  writeFileSync(join(outDir, 'fonts.css'), `${(await Promise.all(faces)).join('\n')}\n`)
}

async function toFace(
  outDir: string,
  { name, from, letters }: FontFile,
  style: keyof typeof styles,
): Promise<string> {
  const { axis, weight } = styles[style]
  const source = readFileSync(join(packageDir, `files/source-serif-4-${from}-wght-${style}.woff2`))
  const options = {
    targetFormat: 'woff2' as const,
    variationAxes: { wght: axis },
    // Its types do not know these two yet. Hints are for screens of another age, and a sixth of a file.
    keepFeatures: ['kern', 'liga', 'lnum', 'tnum'],
    noHinting: true,
  }
  const font = await subsetFont(source, toText(letters), options)
  const fileName = `source-serif-${name}${style === 'italic' ? '-italic' : ''}.woff2`
  writeFileSync(join(outDir, fileName), font)
  return [
    '@font-face {',
    "  font-family: 'Source Serif';",
    `  src: url('./${fileName}') format('woff2');`,
    `  font-style: ${style};`,
    `  font-weight: ${weight};`,
    // A page is set once: in this typeface, or in the one that stands in where it comes too late.
    '  font-display: optional;',
    `  unicode-range: ${letters};`,
    '}',
  ].join('\n')
}

/** `U+41-43, U+61` → `ABCa` */
function toText(ranges: string): string {
  return ranges
    .split(', ')
    .flatMap((range) => {
      const [first = 0, last = first] = range
        .slice(2)
        .split('-')
        .map((hex) => Number.parseInt(hex, 16))
      return Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at))
    })
    .join('')
}
