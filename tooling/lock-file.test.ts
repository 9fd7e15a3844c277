import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { completeLockFile, listMissingPackages, parseLockFile, parsePlatform } from './lock-file.ts'

const ours = parseLockFile(
  await readFile(resolve(import.meta.dirname, '../package-lock.json'), 'utf8'),
)

const lockWith = (packages: object) =>
  parseLockFile(JSON.stringify({ lockfileVersion: 3, packages }))

describe('our package-lock.json', () => {
  it('holds the optional dependencies of every platform (else run npm run lock:complete)', () => {
    expect(listMissingPackages(ours)).toEqual([])
  })

  it('names no address to download from', () => {
    const addressed = Object.entries(ours.packages).filter(([, { resolved }]) => resolved)
    expect(addressed.map(([place]) => place)).toEqual([])
  })
})

describe('a lock file', () => {
  it('is missing what no folder on the way up to the root holds', () => {
    const lock = lockWith({
      'node_modules/@a/b': { optionalDependencies: { near: '1.0.0', far: '1.0.0', none: '1.0.0' } },
      'node_modules/@a/b/node_modules/near': { version: '1.0.0' },
      'node_modules/far': { version: '1.0.0' },
      'node_modules/c/node_modules/none': { version: '1.0.0' },
    })
    expect(listMissingPackages(lock).map(({ name }) => name)).toEqual(['none'])
  })

  it('is missing nothing once completed, and keeps the order npm writes', () => {
    const lock = completeLockFile(
      lockWith({
        'node_modules/zed': { version: '1.0.0' },
        'node_modules/kit': { dev: true, optionalDependencies: { 'kit-win32-x64': '2.0.0' } },
      }),
    )
    expect(listMissingPackages(lock)).toEqual([])
    expect(Object.keys(lock.packages)).toEqual([
      'node_modules/kit',
      'node_modules/kit-win32-x64',
      'node_modules/zed',
    ])
    expect(lock.packages['node_modules/kit-win32-x64']).toEqual({
      version: '2.0.0',
      dev: true,
      optional: true,
      cpu: ['x64'],
      os: ['win32'],
    })
  })

  it('is not completed with a guessed version', () => {
    const lock = lockWith({ '': { optionalDependencies: { 'kit-darwin-x64': '^2.0.0' } } })
    expect(() => completeLockFile(lock)).toThrow('kit-darwin-x64@^2.0.0')
  })
})

describe('a package name', () => {
  it.each([
    ['@next/swc-darwin-arm64', { cpu: ['arm64'], os: ['darwin'] }],
    ['@next/swc-win32-x64-msvc', { cpu: ['x64'], os: ['win32'] }],
    ['@biomejs/cli-linux-arm64-musl', { cpu: ['arm64'], libc: ['musl'], os: ['linux'] }],
    ['@tailwindcss/oxide-linux-x64-gnu', { cpu: ['x64'], libc: ['glibc'], os: ['linux'] }],
    ['@tailwindcss/oxide-linux-arm-gnueabihf', { cpu: ['arm'], os: ['linux'] }],
    ['@tailwindcss/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
  ])('finds the platform of %s', (name, platform) => {
    expect(parsePlatform(name)).toEqual(platform)
  })

  it('without a platform is refused', () => {
    expect(() => parsePlatform('fsevents')).toThrow('fsevents')
  })
})
