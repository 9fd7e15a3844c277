import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Takes a mounted file system away again. */
export type Unmount = () => void

let known: { obstacle: string | undefined } | undefined

/** Why no file systems can be mounted here. `undefined` when they can. */
export function mountObstacle(): string | undefined {
  known ??= { obstacle: findObstacle() }
  return known.obstacle
}

function findObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'file systems are mounted the Linux way only'
  const folder = mkdtempSync(join(tmpdir(), 'dateline-mount-'))
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder])
  if (status === 0) spawnSync('umount', [folder])
  rmdirSync(folder)
  return status === 0 ? undefined : `nothing can be mounted: ${String(stderr ?? '').trim()}`
}

/** A file system in memory of a size such as `2m`. */
export function mountMemory(folder: string, size: string): Unmount {
  mkdirSync(folder, { recursive: true })
  mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder)
  return () => unmount(folder)
}

/** Gives a file system in memory another size. */
export const resizeMemory = (folder: string, size: string) =>
  mount('-o', `remount,size=${size}`, folder)

/** Shows a folder at another place, where nothing can be written. */
export function mountReadOnly(folder: string, place: string): Unmount {
  mkdirSync(place, { recursive: true })
  mount('--bind', folder, place)
  mount('-o', 'remount,bind,ro', place)
  return () => unmount(place)
}

function mount(...parameters: string[]): void {
  const { status, stderr } = spawnSync('mount', parameters)
  if (status !== 0) throw new Error(`mount ${parameters.join(' ')}: ${stderr}`)
}

function unmount(folder: string): void {
  const { status, stderr } = spawnSync('umount', [folder])
  if (status !== 0) throw new Error(`umount ${folder}: ${stderr}`)
}
