import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

export default {
  // Not a folder above that happens to hold a lock file.
  turbopack: { root: import.meta.dirname },
  // Covers come in the sizes they are shown in: nothing is resized here, for nobody.
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  cacheHandler: fileURLToPath(new URL('./server/pages/next-cache-handler.ts', import.meta.url)),
  // The page cache is bounded in bytes and is the only one.
  cacheMaxMemorySize: 0,
  // Trailing slashes and other spellings are the front door's business.
  skipTrailingSlashRedirect: true,
  // Pictures of ours keep their addresses; without this browsers ask for each one on every page.
  headers: async () =>
    ['/icon.svg', '/icons/:name*', '/covers/:path*'].map((source) => ({
      source,
      headers: [
        { key: 'Cache-Control', value: 'public, max-age=86400, stale-while-revalidate=604800' },
      ],
    })),
  // Types are checked by `npm run check` and `npm test`; a build only builds.
  typescript: { ignoreBuildErrors: true },
} satisfies NextConfig
