/**
 * Next's `cacheHandler`: caches nothing. Pages are cached by the page cache, which knows when they are
 * wrong; a second cache behind it would not.
 */
export default class NextCacheHandler {
  async get(): Promise<null> {
    return null
  }

  async set(): Promise<void> {}

  async revalidateTag(): Promise<void> {}

  resetRequestCache(): void {}
}
