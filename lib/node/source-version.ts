import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { crc32 } from 'node:zlib'

const root = resolve(import.meta.dirname, '../..')

/**
 * A number that is another one whenever the code of some modules is, or a package or a table of
 * Unicode that it uses, or `more`: what was made by other code is not what this code makes. Taken from
 * the sources, so that nobody has to remember to raise it. `entries` are paths below the root.
 */
export function readSourceVersion(entries: string[], more = ''): number {
  const { modules, packages } = listSources(entries)
  const versions = packages.map((name) => `${name} ${readPackageVersion(name)}`)
  const start = crc32([`unicode ${process.versions.unicode}`, more, ...versions].join('\n'))
  return modules.reduce((sum, path) => crc32(readFileSync(join(root, path)), sum), start)
}

/**
 * Modules of ours and packages of others that some modules import, directly or through each other, in
 * a fixed order. Types shape no rows.
 */
export function listSources(entries: string[]): { modules: string[]; packages: string[] } {
  const modules = new Set(entries)
  const packages = new Set<string>()
  for (const path of modules) {
    for (const specifier of listImports(readFileSync(join(root, path), 'utf8'))) {
      if (specifier.startsWith('node:')) continue
      if (specifier.startsWith('#')) modules.add(specifier.slice(1))
      else if (specifier.startsWith('.')) modules.add(join(dirname(path), specifier))
      else packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)
    }
  }
  return { modules: [...modules].sort(), packages: [...packages].sort() }
}

/** Of `import … from`, `export … from`, `import '…'`, `import('…')` and of threads, which are named by their URL. */
function listImports(source: string): string[] {
  const imports = source.matchAll(
    /^(?:import|export)(?!\s+type\b)[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)|new URL\('([^']+)',\s*import\.meta\.url\)/gm,
  )
  return Array.from(
    imports,
    ([, from, bare, dynamic, thread]) => from ?? bare ?? dynamic ?? thread ?? '',
  )
}

function readPackageVersion(name: string): unknown {
  const path = join(root, 'node_modules', name, 'package.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : undefined
}
