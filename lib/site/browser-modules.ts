/**
 * The addresses of the scripts that pages carry: `settings` is read before the first paint, `page` is
 * the module that brings the rest to life. Their names hold a digest of their content.
 */
export type BrowserModules = { settings: string; page: string }

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
