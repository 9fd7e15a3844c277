import { expect, it } from 'vitest'
import { handover } from './handover.ts'

const page = { contentType: 'text/html', lastModifiedAt: undefined, body: Buffer.from('a page') }

it.each([
  ['/uk/article/біржа', '/uk/article/%D0%B1%D1%96%D1%80%D0%B6%D0%B0'],
  ['/en/source/a%2Fb', '/en/source/a%2Fb'],
  ['/en/article/100%', '/en/article/100%25'],
])('hands over once what the framework calls %s and the front door %s', (given, asked) => {
  handover.give(given, page)
  expect(handover.take(asked)).toBe(page)
  expect(handover.take(asked)).toBeUndefined()
})
