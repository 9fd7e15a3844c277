/**
 * Where covers appear, and how large. Every picture in a place is cropped to the place's ratio,
 * `width` : `height`, which are also its `width` and `height` attributes and the size of its plain
 * `src`. `widths` are the candidates of its srcset in pixels, ascending: five at most, because each
 * one is paid for in the HTML of every listing. `sizes` is the HTML attribute and follows the layout.
 */
export type CoverSize = { width: number; height: number; widths: number[]; sizes: string }

export const coverSizes = {
  /** The front page's lead: full width on a phone, 46 % of a 1240 px page on a desk. */
  lead: {
    width: 1200,
    height: 675,
    widths: [480, 800, 1200, 1600, 2000],
    sizes: '(min-width: 1240px) 512px, (min-width: 1120px) 43vw, (min-width: 768px) 58vw, 100vw',
  },
  /** The top of an article. 16:9 and 1200 px wide is what Google asks for large previews. */
  article: {
    width: 1200,
    height: 675,
    widths: [480, 800, 1200, 1600, 2000],
    sizes: '(min-width: 852px) 820px, 100vw',
  },
  /** A listing card: beside its text on a phone, above it in two and more columns. */
  card: {
    width: 480,
    height: 320,
    widths: [336, 480, 672, 960],
    sizes: '(min-width: 1240px) 384px, (min-width: 768px) 31vw, (min-width: 560px) 46vw, 40vw',
  },
  /** Beside a headline of the river. */
  thumbnail: {
    width: 160,
    height: 120,
    widths: [96, 160, 240, 320],
    sizes: '(min-width: 768px) 128px, 96px',
  },
  /** An author, beside the biography. */
  portrait: { width: 160, height: 160, widths: [160, 320], sizes: '160px' },
  /** The picture of a shared link: one file of the size that all networks take. */
  share: { width: 1200, height: 630, widths: [1200], sizes: '1200px' },
} satisfies Record<string, CoverSize>

export type CoverPlace = keyof typeof coverSizes
