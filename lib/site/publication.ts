/** Facts about this publication that are the same in every language. */
export const publication = {
  name: 'Dateline',
  /** The year the paper was founded, for the copyright line. */
  foundedIn: 2026,
  /** Browser chrome colours; the same values as `--paper` in `app/globals.css`. */
  themeColor: { light: '#fbfaf7', dark: '#14150f' },
} as const
