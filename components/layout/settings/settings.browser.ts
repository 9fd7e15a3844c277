/**
 * How this reader wants pages, as attributes of the root element (`data-theme`, `data-text`,
 * `data-keys`) and in `localStorage`. The first of each is what holds without a choice.
 */
const choices = {
  theme: ['system', 'light', 'dark'],
  text: ['normal', 'small', 'large', 'largest'],
  keys: ['on', 'off'],
} as const

export type SettingName = keyof typeof choices
export const settingNames: SettingName[] = ['theme', 'text', 'keys']

const toKey = (name: SettingName) => `dateline:${name}`

export function readSetting(name: SettingName): string {
  const known: readonly string[] = choices[name]
  try {
    const value = localStorage.getItem(toKey(name))
    if (value !== null && known.includes(value)) return value
  } catch {
    // A browser that keeps nothing shows what holds without a choice.
  }
  return choices[name][0]
}

/** Sets the attribute, or takes it away for what holds without a choice. */
export function applySetting(name: SettingName, value: string): void {
  const { dataset } = document.documentElement
  if (value === choices[name][0]) delete dataset[name]
  else dataset[name] = value
}

export function writeSetting(name: SettingName, value: string): void {
  applySetting(name, value)
  try {
    localStorage.setItem(toKey(name), value)
  } catch {
    // It holds for this page at least.
  }
}
