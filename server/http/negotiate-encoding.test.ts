import { expect, it } from 'vitest'
import { negotiateEncoding } from './negotiate-encoding.ts'

it.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1.0, br;q=0', 'gzip'],
  ['br;q=0.000, gzip;q=0', 'identity'],
  ['GZIP', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'identity'],
  ['identity;q=1, br;q=0.5', 'identity'],
  ['gzip;q=0.9, br;q=0.5', 'gzip'],
  ['gzip;q=0.5, *;q=0.1', 'gzip'],
  ['*', 'br'],
  ['identity;q=0', 'identity'],
  ['br;q=oops, gzip', 'gzip'],
] as const)('takes %s for %s, as the client ranks them', (accepted, encoding) => {
  expect(negotiateEncoding(accepted)).toBe(encoding)
  // From memory as well.
  expect(negotiateEncoding(accepted)).toBe(encoding)
})
