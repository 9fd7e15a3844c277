import { keepForms, setUpKeys } from './keys.browser.ts'
import { setUpPasskeys } from './passkeys.browser.ts'
import { setUpSorting } from './sortable.browser.ts'

/** Every page of the desk fetches this; what few pages need is fetched by those. */
setUpPasskeys()
setUpKeys()
keepForms()
setUpSorting()

/** How often a page that waits for the model asks whether it has answered, in ms. */
const waitTime = 1500
const waiting = document.querySelector<HTMLElement>('[data-wait]')?.dataset.wait
if (waiting !== undefined) {
  const timer = setInterval(async () => {
    const response = await fetch(waiting).catch(() => undefined)
    // No answer: the site starts again, or the network is gone for a moment.
    if (!response || (response.ok && (await response.json()).isAsked)) return
    clearInterval(timer)
    location.reload()
  }, waitTime)
}

const [editor, merge] = ['[data-editor]', '[data-merge]'].map((selector) =>
  document.querySelector<HTMLFormElement>(selector),
)
if (editor ?? merge) {
  const { setUpEditor, setUpMerge } = await import('./editor.browser.ts')
  if (editor) setUpEditor(editor)
  if (merge) setUpMerge(merge)
}
