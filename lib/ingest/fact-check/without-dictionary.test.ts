import Module from 'node:module'
import { afterEach, expect, it, vi } from 'vitest'

/** Node's own look-up of packages, which `require.resolve` calls. */
const lookup = Module as unknown as {
  _resolveFilename: (name: string, ...rest: unknown[]) => string
}
const whole = lookup._resolveFilename

afterEach(() => {
  lookup._resolveFilename = whole
})

it('checks numbers, quotations and denials where the Ukrainian dictionary is not installed', async () => {
  lookup._resolveFilename = (name, ...rest) => {
    if (name === 'dictionary-uk') throw new Error('not installed')
    return whole(name, ...rest)
  }
  vi.resetModules()
  await import('#lib/site/load-site.ts')
  const { hasDictionary, listWordForms } = await import('#lib/node/dictionary.ts')
  const { findTranslationFaults } = await import('./find-fact-faults.ts')
  const check = (text: string) =>
    findTranslationFaults([text], 'Kraken did not pay $200 on Monday.', { from: 'en', to: 'uk' })
  expect(hasDictionary('uk')).toBe(false)
  expect(listWordForms('року', 'uk')).toEqual([])
  expect(check('Kraken не сплатила 200 доларів у понеділок.')).toEqual([])
  expect(check('Kraken не сплатила 300 доларів у понеділок.')[0]).toMatch(/300/)
  expect(check('Kraken сплатила 200 доларів у понеділок.')[0]).toMatch(/denies/)
  // Weaker: an invented person is an unknown word like any other.
  expect(check('Kraken не сплатила 200 доларів у понеділок, каже Ткаченко.')).toEqual([])
})
