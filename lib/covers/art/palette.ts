/**
 * The inks of one drawing. `ground` fills the sheet and is a middle tone, so that it sits on warm
 * paper as well as on near-black; `pale` and `deep` are the light and the shadow, `accent` is the
 * one strong colour.
 */
export type Palette = { ground: string; pale: string; deep: string; accent: string }

/** The colours. Three digits keep the art short, because it is part of every page. */
export const palettes: readonly [Palette, ...Palette[]] = [
  { ground: '#243', pale: '#dcb', deep: '#132', accent: '#d95' },
  { ground: '#b54', pale: '#fdb', deep: '#612', accent: '#ea4' },
  { ground: '#245', pale: '#edc', deep: '#123', accent: '#e75' },
  { ground: '#da5', pale: '#fec', deep: '#432', accent: '#b43' },
  { ground: '#cba', pale: '#fed', deep: '#344', accent: '#b32' },
  { ground: '#9a9', pale: '#eed', deep: '#253', accent: '#c53' },
  { ground: '#423', pale: '#ecb', deep: '#201', accent: '#d76' },
  { ground: '#89a', pale: '#eed', deep: '#234', accent: '#e94' },
]
