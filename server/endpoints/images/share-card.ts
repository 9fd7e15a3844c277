import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import satori from 'satori'
import sharp from 'sharp'
import { z } from 'zod'
import { drawFallbackArt } from '#lib/covers/fallback-art.ts'
import { articleImageShapes } from '#lib/site/document-paths.ts'
import { site } from '#lib/site/site.ts'

/** What is on a card: a headline, a word or two above it, and art that follows from a seed. */
export type ShareCard = {
  headline: string
  kicker: string
  /** Of the art: an article's slug, and its category as front matter writes it. */
  seed: string
  category: string | undefined
  /** BCP 47. */
  language: string
}

const { width, height } = articleImageShapes.share
const artWidth = 360
const textWidth = width - artWidth - 2 * 64

/** Of the headline, by its length in characters; the longest is cut after `mostLines`. */
const sizes = [
  { upTo: 45, fontSize: 76, mostLines: 4 },
  { upTo: 90, fontSize: 60, mostLines: 5 },
  { upTo: 150, fontSize: 50, mostLines: 6 },
  { upTo: Number.POSITIVE_INFINITY, fontSize: 42, mostLines: 7 },
]

/** A card in the publication's style as JPEG, 1200 × 630. The same card gives the same bytes. */
export async function drawShareCard(card: ShareCard): Promise<Buffer> {
  const fonts = await loadFonts()
  const writable = (text: string) => keepWritable(text, fonts.ranges)
  const headline = writable(card.headline)
  const layout = composeCard({
    // Of a headline in a script that no font of ours has, nothing may be left.
    headline: /[\p{L}\p{N}]{2}/u.test(headline) ? headline : site().name,
    kicker: writable(card.kicker),
  })
  const options = { width: width - artWidth, height, fonts: fonts.faces }
  const text = await satori(toNode(layout, card.language), options)
  const art = await sharp(Buffer.from(drawFallbackArt(card.seed, card.category)), { density: 600 })
    .resize(artWidth, height, { fit: 'cover' })
    .png()
    .toBuffer()
  return await sharp({
    create: { width, height, channels: 3, background: site().theme.light.paper },
  })
    .composite([
      { input: Buffer.from(text), left: 0, top: 0 },
      { input: art, left: width - artWidth, top: 0 },
    ])
    .jpeg({ quality: 84, chromaSubsampling: '4:4:4', mozjpeg: true })
    .toBuffer()
}

/** A box of the layout: flex, with its style in CSS and what is in it. */
type Box = { style: Record<string, string | number>; children: Box[] | string }

function composeCard({ headline, kicker }: { headline: string; kicker: string }): Box {
  const { ink, accent } = site().theme.light
  const length = [...headline].length
  const { fontSize, mostLines } = sizes.find(({ upTo }) => length <= upTo) ?? {
    fontSize: 42,
    mostLines: 7,
  }
  return {
    style: {
      display: 'flex',
      flexDirection: 'column',
      padding: '56px 64px',
      color: ink,
      fontFamily: familyNames.join(', '),
      fontWeight: 600,
    },
    children: [
      { style: { fontSize: 46 }, children: site().name },
      { style: { width: textWidth, height: 4, marginTop: 20, background: ink }, children: '' },
      { style: { fontSize: 30, marginTop: 36, color: accent }, children: kicker },
      {
        style: {
          display: 'block',
          width: textWidth,
          marginTop: 16,
          fontSize,
          lineHeight: 1.14,
          lineClamp: mostLines,
          wordBreak: 'break-word',
          overflow: 'hidden',
        },
        children: headline,
      },
    ],
  }
}

/** The shape of an element as satori reads it. */
function toNode({ style, children }: Box, lang?: string): React.ReactElement {
  return {
    type: 'div',
    key: null,
    props: {
      lang,
      style,
      children: typeof children === 'string' ? children : children.map((box) => toNode(box)),
    },
  }
}

/** The files of one face, by the characters they hold; the order in which they are looked into. */
const subsets = ['latin', 'cyrillic', 'latin-ext', 'cyrillic-ext', 'greek', 'vietnamese'] as const
const familyNames = subsets.map((subset) => `Serif ${subset}`)

let loaded: ReturnType<typeof readFonts> | undefined
/** The faces of our typeface for drawings, by the characters they hold; read once. */
export const loadFonts = () => {
  loaded ??= readFonts()
  return loaded
}

async function readFonts() {
  const locate = (file: string) =>
    createRequire(import.meta.url).resolve(`@fontsource/source-serif-4/${file}`)
  const rangesBySubset = z
    .record(z.string(), z.string())
    .parse(JSON.parse(await readFile(locate('unicode.json'), 'utf8')))
  const faces = await Promise.all(
    subsets.map(async (subset) => ({
      name: `Serif ${subset}`,
      data: await readFile(locate(`files/source-serif-4-${subset}-600-normal.woff`)),
      weight: 600 as const,
      style: 'normal' as const,
    })),
  )
  const ranges = subsets.flatMap((subset) => parseRanges(rangesBySubset[subset] ?? ''))
  return { faces, ranges }
}

type Range = { first: number; last: number }

/** CSS's `unicode-range`: `U+0000-00FF,U+0131`. */
function parseRanges(text: string): Range[] {
  return Array.from(text.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi), ([, first = '', last]) => ({
    first: Number.parseInt(first, 16),
    last: Number.parseInt(last ?? first, 16),
  }))
}

/**
 * The characters that a font of ours has, so that none is drawn as an empty box: emoji and scripts
 * other than Latin, Cyrillic and Greek leave. Invisible ones, which may turn the text around, leave too.
 */
function keepWritable(text: string, ranges: Range[]): string {
  const kept = Array.from(text.normalize('NFC').toWellFormed(), (character) => {
    const code = character.codePointAt(0) ?? 0
    if (/\s/u.test(character)) return ' '
    if (/[\p{Cc}\p{Cf}\p{Cs}\ufffd]/u.test(character)) return ''
    return ranges.some(({ first, last }) => code >= first && code <= last) ? character : ''
  })
  return kept.join('').replace(/ +/g, ' ').trim()
}
