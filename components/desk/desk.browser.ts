import { keepForms, setUpKeys } from './keys.browser.ts'
import { setUpPasskeys } from './passkeys.browser.ts'
import { setUpSorting } from './sortable.browser.ts'

/** Every page of the desk fetches this; what few pages need is fetched by those. */
setUpPasskeys()
setUpKeys()
keepForms()
setUpSorting()

const [editor, merge] = ['[data-editor]', '[data-merge]'].map((selector) =>
  document.querySelector<HTMLFormElement>(selector),
)
if (editor ?? merge) {
  const { setUpEditor, setUpMerge } = await import('./editor.browser.ts')
  if (editor) setUpEditor(editor)
  if (merge) setUpMerge(merge)
}
