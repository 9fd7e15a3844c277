import { z } from 'zod'
import type { Site } from './site.ts'

const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, { error: 'a colour of six hexadecimal digits, such as #fbfaf7' })

/** The colours of the light or the dark pages in `site.config.ts`; three of them are enough. */
export const coloursSchema = z.strictObject({
  paper: colour.describe('The background of every page, and the colour of the browser around it.'),
  ink: colour.describe('Text, and the strong lines.'),
  accent: colour.describe('Links that stand out, and the marks of a negative sentiment.'),
  inkSoft: colour
    .optional()
    .describe('Small facts, such as dates. Without it, mixed from ink and paper.'),
  rule: colour.optional().describe('Thin lines. Without it, mixed from ink and paper.'),
  wash: colour
    .optional()
    .describe('The background of boxes. Without it, mixed from ink and paper.'),
  mark: colour.optional().describe('Behind marked words. Without it, mixed from accent and paper.'),
  neutral: colour
    .optional()
    .describe('The marks of a neutral sentiment in charts. Without it, mixed from ink and paper.'),
})

/** The colours of a publication that gives none. */
export const defaultColours = {
  light: {
    paper: '#fbfaf7',
    ink: '#1a1a17',
    accent: '#a83a0c',
    inkSoft: '#59564d',
    rule: '#d9d5ca',
    wash: '#f2efe7',
    mark: '#fbe3a2',
    neutral: '#d9d5ca',
  },
  dark: {
    paper: '#14150f',
    ink: '#ece9e1',
    accent: '#f59d72',
    inkSoft: '#aaa69b',
    rule: '#393a31',
    wash: '#1e1f18',
    mark: '#5c4a12',
    neutral: '#4a4b41',
  },
}

/** The colours that were given, and the others mixed from them. */
export function completeColours(given: z.output<typeof coloursSchema>): Site['theme']['light'] {
  const { paper, ink, accent } = given
  return {
    paper,
    ink,
    accent,
    inkSoft: given.inkSoft ?? mix(ink, paper, 0.72),
    rule: given.rule ?? mix(ink, paper, 0.16),
    wash: given.wash ?? mix(ink, paper, 0.05),
    mark: given.mark ?? mix(accent, paper, 0.25),
    neutral: given.neutral ?? mix(ink, paper, 0.22),
  }
}

const channelsOf = (hex: string) =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))

/** So much of one colour, from 0 to 1, over another. Both are `#rrggbb`. */
function mix(over: string, under: string, share: number): string {
  const below = channelsOf(under)
  const channels = channelsOf(over).map((value, at) =>
    Math.round(value * share + (below[at] ?? 0) * (1 - share)),
  )
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** The contrast of two colours, `#rrggbb`, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(hex).map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** A sentence for each pair of colours of text and background with less contrast than WCAG AA, 4.5. */
export function listContrastWarnings({ theme }: Pick<Site, 'theme'>): string[] {
  const pairs = [
    ['ink', 'paper'],
    ['inkSoft', 'paper'],
    ['accent', 'paper'],
    ['ink', 'wash'],
    ['inkSoft', 'wash'],
    ['ink', 'mark'],
  ] as const
  return (['light', 'dark'] as const).flatMap((mode) =>
    pairs.flatMap(([text, under]) => {
      const contrast = contrastOf(theme[mode][text], theme[mode][under])
      if (contrast >= 4.5) return []
      const places = `theme.${mode}.${text} (${theme[mode][text]}) on theme.${mode}.${under} (${theme[mode][under]})`
      return [
        `site.config.ts: ${places} has a contrast of ${contrast.toFixed(1)}; readers need at least 4.5 (WCAG AA).`,
      ]
    }),
  )
}
