import { articlePath, homePath, listingPath } from '#lib/site/routes.ts'
import type { Corpus } from './corpus.ts'
import type { Measurement } from './measurement.ts'
import { get, type ServerProcess } from './site-process.ts'

// Browsers take gzip as well: that is what a file comes in when it is not kept in Brotli.
const encodings = { raw: 'identity', gzip: 'gzip', br: 'gzip, br' }

/** Bytes that pages take over the wire, in each encoding as the site sends it. */
export async function measureWeight(
  site: ServerProcess,
  { slugs }: Corpus,
): Promise<Measurement[]> {
  const pages = {
    home: homePath('en'),
    category: listingPath('en', { kind: 'category', segment: 'trading' }),
    article: articlePath('en', slugs[0] ?? ''),
  }
  const found: Measurement[] = []
  for (const [page, path] of Object.entries(pages)) {
    const html = (await get(site.url + path)).body.toString()
    const parts = {
      HTML: [path],
      JavaScript: listScripts(html),
    }
    for (const [part, paths] of Object.entries(parts)) {
      for (const [name, encoding] of Object.entries(encodings)) {
        const sizes = await Promise.all(
          paths.map(async (address) => (await get(site.url + address, encoding)).body.length),
        )
        const value = sizes.reduce((sum, size) => sum + size, 0) / 1000
        found.push({ section: 'weight', name: `${page}, ${part}, ${name}`, value, unit: 'kB' })
      }
    }
  }
  return found
}

/** The addresses on our own host of the scripts that a page names, each once. Styles stand in it. */
function listScripts(html: string): string[] {
  const named = Array.from(html.matchAll(/<script\b[^>]*\bsrc="([^"]*)"/g), ([, address]) =>
    address?.replaceAll('&amp;', '&'),
  )
  return [...new Set(named)].filter((address) => address?.startsWith('/')).map(String)
}
