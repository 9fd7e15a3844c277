import { keepForms, setUpKeys } from './keys.browser.ts'
import { setUpPasskeys } from './passkeys.browser.ts'

/** Every page of the desk fetches this; what few pages need is fetched by those. */
setUpPasskeys()
setUpKeys()
keepForms()
