import {
  applySetting,
  readSetting,
  type SettingName,
  settingNames,
  writeSetting,
} from './settings.browser.ts'

/** Connects the panel of settings: a choice takes effect at once, here and in other tabs. */
export function startSettingsPanel(): void {
  const inputs = [...document.querySelectorAll<HTMLInputElement>('#_settings input')]
  const show = () => {
    for (const input of inputs) input.checked = readSetting(nameOf(input)) === input.value
    colourBrowser()
  }
  for (const input of inputs) {
    input.addEventListener('change', () => {
      writeSetting(nameOf(input), input.checked ? input.value : 'off')
      colourBrowser()
    })
  }
  show()
  addEventListener('storage', () => {
    for (const name of settingNames) applySetting(name, readSetting(name))
    show()
  })
}

const nameOf = ({ name }: HTMLInputElement): SettingName =>
  settingNames.find((known) => name === `_${known}`) ?? 'theme'

/** The browser's own bars follow the theme that was chosen. */
function colourBrowser(): void {
  const theme = readSetting('theme')
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.dataset.media ??= meta.media
    const isOwn = meta.dataset.media.includes(theme)
    meta.media = theme === 'system' ? meta.dataset.media : isOwn ? 'all' : 'not all'
  }
}
