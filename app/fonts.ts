import localFont from 'next/font/local'

/**
 * Source Serif 4, the paper's one web font. Latin is preloaded; Cyrillic is declared beside it and
 * loads when a page has a Cyrillic letter. No generated fallback face: it would swallow Cyrillic.
 */
export const latinSerif = localFont({
  src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  weight: '200 900',
  display: 'swap',
  variable: '--font-latin-serif',
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+20BF, U+2122, U+2190-2193, U+2212, U+FEFF, U+FFFD',
    },
  ],
})

export const cyrillicSerif = localFont({
  src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-cyrillic-wght-normal.woff2',
  weight: '200 900',
  display: 'swap',
  preload: false,
  variable: '--font-cyrillic-serif',
  adjustFontFallback: false,
  declarations: [
    { prop: 'unicode-range', value: 'U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116' },
  ],
})
