import { setUpPasskeys } from './passkeys.browser.ts'

/** Every page of the desk fetches this; what a page has no use for is not fetched. */
setUpPasskeys()
