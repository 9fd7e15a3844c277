import { expect, it } from 'vitest'
import { toSegment } from './segment.ts'

it.each([
  ['TRADING', 'trading'],
  ['LAYER 2', 'layer-2'],
  ['  Proof of  Stake ', 'proof-of-stake'],
  ['БІРЖА', 'біржа'],
  ['R&D', 'r-d'],
  ['Cafe\u0301', 'café'],
  ['!!!', ''],
])('makes of %s the segment %s', (value, segment) => {
  expect(toSegment(value)).toBe(segment)
})
