import './lib/site/load-site.ts'
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
  // Trailing slashes and other spellings are the server's business.
  skipTrailingSlashRedirect: true,
  // Types are checked by `npm run check` and `npm test`; a build only builds.
  typescript: { ignoreBuildErrors: true },
} satisfies NextConfig
