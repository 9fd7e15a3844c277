import { expect, it, onTestFinished } from 'vitest'
import type { SearchResults, Suppressed } from '#lib/article-index/article-index.ts'
import { logTo } from '#lib/node/log.ts'
import { startPageRenderer } from './page-renderer.ts'

async function open(readUsed?: () => number) {
  const lines: string[] = []
  const damages: string[] = []
  const renderer = await startPageRenderer({
    index: { search: async () => ({ hitCount: 42 }) as SearchResults },
    log: logTo(lines),
    onDamage: (reason) => void damages.push(reason),
    script: new URL('./test-processes/render-in-test.ts', import.meta.url),
    silenceMilliseconds: 1500,
    ...(readUsed && { readUsed }),
  })
  onTestFinished(renderer.stop)
  const render = async (path: string, lane: 'page' | 'search' = 'page') =>
    (await renderer.render(lane, { path })).body.toString()
  return { renderer, render, lines, damages }
}

it('renders in another process', async () => {
  const { render, renderer } = await open()
  expect(await render('/en/latest')).toBe(`/en/latest ${renderer.pid()}`)
  expect(renderer.pid()).not.toBe(process.pid)
})

it('fails the page that fails, and no other', async () => {
  const { render, renderer } = await open()
  const [failed, other] = await Promise.allSettled([render('/fail'), render('/a')])
  expect(failed).toMatchObject({ reason: { name: 'RenderingFailedError' } })
  expect(other.status).toBe('fulfilled')
  expect(renderer.state()).toEqual({ state: 'ready', restarts: 0, waiting: 0 })
})

it('has searches answered by its parent, and passes on that the index is damaged', async () => {
  const { render, damages } = await open()
  expect(await render('/search', 'search')).toBe('found 42')
  await render('/damage')
  expect(damages).toEqual(['a row is broken'])
})

it('gives others their turn while pages wait for threads, and leaves the process alone', async () => {
  const { render, renderer } = await open()
  const waiting = Array.from({ length: 6 }, () => render('/wait'))
  expect(await render('/a')).toMatch(/^\/a /)
  // Six pings take longer than a process may be silent.
  const waited = new Set(await Promise.all(waiting))
  expect([...waited]).toEqual([`waited ${renderer.pid()}`])
  expect(renderer.state()).toEqual({ state: 'ready', restarts: 0, waiting: 0 })
})

it('logs what the process has to say', async () => {
  const { render, lines } = await open()
  await render('/log')
  expect(lines.join('\n')).toContain('From there.')
})

it('ends a process that does not answer, and renders what else it had in the next one', async () => {
  const { render, renderer, lines } = await open()
  const former = renderer.pid()
  const [hanging, other] = await Promise.allSettled([render('/hang'), render('/a')])
  expect(hanging).toMatchObject({ reason: { name: 'RenderingFailedError' } })
  expect(other.status).toBe('fulfilled')
  expect(renderer.pid()).not.toBe(former)
  expect(lines.join('\n')).toMatch(/does not answer/)
  expect(await render('/b')).toMatch(/^\/b /)
})

it('leaves a process alone that gets little processor time, and ends one that gets none', async () => {
  let used = 0
  const { render, renderer } = await open(() => (used += 10))
  expect(await render('/slow')).toBe(`/slow ${renderer.pid()}`)
  expect(renderer.state().restarts).toBe(0)
  const stuck = await open(() => 10)
  await expect(stuck.render('/slow')).rejects.toThrow('SIGKILL')
})

it('starts another process when one dies, also one that is idle or stopped', async () => {
  const { render, renderer } = await open()
  await expect(render('/crash')).rejects.toThrow(/code 7/)
  const second = renderer.pid()
  expect(await render('/a')).toBe(`/a ${second ?? renderer.pid()}`)
  process.kill(renderer.pid() ?? 0, 'SIGSTOP')
  await expect.poll(() => renderer.state().state, { timeout: 20_000 }).toBe('starting')
  await expect.poll(() => renderer.state().state, { timeout: 20_000 }).toBe('ready')
  expect(await render('/b')).toMatch(/^\/b /)
})

it('suppresses what is on its list, also in the process after a crash', async () => {
  const { render, renderer } = await open()
  expect(await render('/suppressed')).toBe('0 suppressed')
  renderer.suppress([{ locale: 'en', slug: 'a' } as Suppressed])
  expect(await render('/suppressed')).toBe('1 suppressed')
  await expect(render('/crash')).rejects.toThrow(/code 7/)
  expect(await render('/suppressed')).toBe('1 suppressed')
})

it('says so when it cannot start', async () => {
  const starting = startPageRenderer({
    index: { search: async () => ({ hitCount: 0 }) as SearchResults },
    log: logTo([]),
    onDamage: () => {},
    script: new URL('./test-processes/none.ts', import.meta.url),
  })
  await expect(starting).rejects.toThrow(/code 1/)
})
