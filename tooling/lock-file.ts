import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Report } from '#cli/command.ts'

const lockedPackageSchema = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})

const lockFileSchema = z.looseObject({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), lockedPackageSchema),
})

/** The parts of npm's `package-lock.json` (version 3) that matter here; the rest passes through. */
export type LockFile = z.infer<typeof lockFileSchema>

const asItStands = z.custom<LockFile>(
  (value) => lockFileSchema.safeParse(value).success,
  'not a lock file',
)

/** An optional dependency that the lock file asks for and does not hold. */
export type MissingPackage = {
  name: string
  /** As its dependent asks for it; the builds for platforms are always asked for exactly. */
  version: string
  /** The place in the lock file of the package that asks. `''` is the project itself. */
  askedBy: string
  isDevelopment: boolean
}

/**
 * Throws zod's error when the text is no lock file of npm 7 or newer. Every key keeps its place, so
 * that writing the file again changes nothing else.
 */
export function parseLockFile(text: string): LockFile {
  return asItStands.parse(JSON.parse(text))
}

/**
 * The optional dependencies that `npm ci` would call "Missing … from lock file" on the platforms
 * they are for. npm leaves them out when the registry at hand lacks them.
 */
export function listMissingPackages({ packages }: LockFile): MissingPackage[] {
  return Object.entries(packages).flatMap(([askedBy, locked]) =>
    Object.entries(locked.optionalDependencies ?? {})
      .filter(([name]) => !placesOf(name, askedBy).some((place) => place in packages))
      .map(([name, version]) => ({
        name,
        version,
        askedBy,
        isDevelopment: locked.dev ?? false,
      })),
  )
}

/** Where Node looks for a dependency, from its dependent's own folder up to the root. */
function placesOf(name: string, askedBy: string): string[] {
  const folders = askedBy.split(/(?:^|\/)node_modules\//).slice(1)
  return folders
    .map((_, depth) => [...folders.slice(0, folders.length - depth), name])
    .concat([[name]])
    .map((path) => path.map((folder) => `node_modules/${folder}`).join('/'))
}

/**
 * The lock file with an entry for every missing package: its version and the platform it is for,
 * which is all that npm needs to skip it elsewhere and to fetch it there. What it has no integrity
 * hash for, npm does not check. Throws when a version is a range: only a registry can resolve that.
 */
export function completeLockFile(lock: LockFile): LockFile {
  const added = listMissingPackages(lock).map(({ name, version, isDevelopment }) => {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
      throw new Error(`${name}@${version} is missing from the lock file and is not one version`)
    }
    const { cpu, libc, os } = parsePlatform(name)
    // In the order in which npm writes them.
    const entry = {
      version,
      cpu,
      ...(isDevelopment && { dev: true }),
      ...(libc && { libc }),
      optional: true,
      ...(os && { os }),
    }
    return [`node_modules/${name}`, entry] as const
  })
  const packages = Object.fromEntries(
    [...Object.entries(lock.packages), ...added].sort(([a], [b]) => a.localeCompare(b, 'en')),
  )
  return { ...lock, packages }
}

/** What a build runs on, in the words of `package.json`'s `os`, `cpu` and `libc`. */
export type Platform = { cpu: string[]; libc?: string[]; os?: string[] }

/** Reads the platform off a package's name: `@next/swc-linux-x64-musl`, `…-wasm32-wasi`. */
export function parsePlatform(name: string): Platform {
  if (name.endsWith('-wasm32-wasi')) return { cpu: ['wasm32'] }
  const [, os, cpu, abi] = /-([a-z]+\d*)-(arm64|arm|x64|ia32)(?:-([a-z]+))?$/.exec(name) ?? []
  if (os === undefined || cpu === undefined) throw new Error(`${name} names no platform`)
  const libc = abi === 'gnu' ? ['glibc'] : abi === 'musl' ? ['musl'] : undefined
  return { cpu: [cpu], ...(libc && os === 'linux' && { libc }), os: [os] }
}

/**
 * `dateline lock:complete`, after every `npm install` that changes a version: adds to
 * `package-lock.json` the builds for other platforms that the registry at hand did not offer, so
 * that `npm ci` passes on Linux, macOS and Windows from one lock file.
 */
export async function writeCompleteLockFile(): Promise<Report> {
  const path = resolve(import.meta.dirname, '../package-lock.json')
  const lock = parseLockFile(await readFile(path, 'utf8'))
  const added = listMissingPackages(lock).map(({ name, version }) => `${name}@${version}`)
  if (added.length > 0) {
    await writeFile(path, `${JSON.stringify(completeLockFile(lock), undefined, 2)}\n`)
  }
  const lines = added.map((name) => `added ${name}`)
  return {
    text: [...lines, `${added.length} added to package-lock.json`].join('\n'),
    json: { file: path, added },
  }
}
