import { applySetting, readSetting, settingNames } from './settings.browser.ts'

// Runs before the first paint: a page never flashes in another theme or moves to another text size.
for (const name of settingNames) applySetting(name, readSetting(name))
