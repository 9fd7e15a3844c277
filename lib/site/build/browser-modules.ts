/**
 * What pages need of the build. `firstPaint` is an inline script that runs before the first paint; it
 * imports the module at the address `page`, which starts everything else.
 */
export type BrowserModules = { firstPaint: string; page: string }

declare global {
  var datelineBrowserModules: BrowserModules | undefined
}

/**
 * The scripts of the build that is served; undefined when there are none, and pages then work
 * without. The framework bundles its own copy of every module, so the server's and the pages' meet on
 * `globalThis`.
 */
export const browserModules = (): BrowserModules | undefined => globalThis.datelineBrowserModules

export function provideBrowserModules(modules: BrowserModules | undefined): void {
  globalThis.datelineBrowserModules = modules
}
