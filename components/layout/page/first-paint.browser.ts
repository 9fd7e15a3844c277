import {
  applySetting,
  readSetting,
  settingNames,
} from '#components/layout/settings/settings.browser.ts'
import { searchKey } from './search-key.browser.ts'

// Runs before the first paint: a page never flashes in another theme or moves to another text size.
for (const name of settingNames) applySetting(name, readSetting(name))
// Styles ask this and not `@media (scripting)`, which Safari before 17 and Firefox before 113 lack.
document.documentElement.dataset.script = ''
// `keys.browser.ts` loads later; a key that is pressed before is remembered for it.
document.addEventListener('keydown', ({ key, target }) => {
  const { dataset } = document.documentElement
  if (key === searchKey && target === document.body && dataset.tools === undefined)
    dataset.early = key
})

// Everything else is fetched after the first paint, so that it does not delay the text and its first
// picture. Without a paint, or in a browser that does not report it, a second after `load`.
const page = document.currentScript?.dataset.page
const begin = () => {
  if (page) void import(page)
}
new PerformanceObserver((paints) => {
  // A first paint may be of the background alone.
  if (paints.getEntriesByName('first-contentful-paint').length > 0) begin()
}).observe({ type: 'paint', buffered: true })
addEventListener('load', () => setTimeout(begin, 1000))
