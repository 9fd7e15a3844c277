import { type Colours, type Site, site } from './site.ts'

const names: [property: string, colour: keyof Colours][] = [
  ['paper', 'paper'],
  ['ink', 'ink'],
  ['ink-soft', 'inkSoft'],
  ['rule', 'rule'],
  ['rule-strong', 'ink'],
  ['accent', 'accent'],
  ['wash', 'wash'],
  ['sentiment-good', 'ink'],
  ['sentiment-flat', 'neutral'],
  ['sentiment-bad', 'accent'],
  ['mark', 'mark'],
]

/**
 * The colours and fonts of a publication as CSS. Colours stand in a layer below all others, where the
 * style sheet for print and for readers' own colours overrules them; a serif of the publication's own
 * overrules the one that comes with the engine.
 */
function toThemeStyle({ theme }: Pick<Site, 'theme'>): string {
  const { light, dark, fonts } = theme
  const colours = names.map(([name, key]) => `--${name}:light-dark(${light[key]},${dark[key]})`)
  const families = [
    fonts.sans && `:root{--sans:${fonts.sans}}`,
    fonts.mono && `:root{--mono:${fonts.mono}}`,
    fonts.serif && `:root{--serif:${fonts.serif}}`,
  ]
  return [`@layer brand{:root{${colours.join(';')}}}`, ...families].filter(Boolean).join('')
}

let style: string | undefined

/** The style that stands in every page of this site, so that its first paint has its colours. */
export function themeStyle(): string {
  style ??= toThemeStyle(site())
  return style
}
