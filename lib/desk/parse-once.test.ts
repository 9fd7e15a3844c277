import { expect, it } from 'vitest'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { parseOnce } from './parse-once.ts'

const path = 'articles/en/2026/11/a.md'
const toBytes = (title: string, body = 'Text.\n') =>
  new TextEncoder().encode(
    `---\ntitle: ${title}\npublishedAt: 2026-11-20T09:30:00Z\ncategory: MARKETS\n---\n${body}`,
  )

it('parses the same bytes once, and other bytes or another file again', async () => {
  const first = await parseOnce({ path, bytes: toBytes('A') })
  expect(await parseOnce({ path, bytes: toBytes('A') })).toBe(first)
  expect((await parseOnce({ path, bytes: toBytes('B') })).article.title).toBe('B')
  const other = await parseOnce({ path: path.replace('/a.md', '/b.md'), bytes: toBytes('A') })
  expect(other.article.slug).toBe('b')
})

it('says each time what is wrong with a file', async () => {
  for (let time = 0; time < 2; time += 1) {
    await expect(parseOnce({ path, bytes: new Uint8Array() })).rejects.toThrow(InvalidArticleError)
  }
})

it('parses a large file in a thread, and forgets the one that nobody has asked for the longest', async () => {
  const large = `\`\`\`\n${'x'.repeat(900_000)}\n\`\`\`\n`
  const first = await parseOnce({ path, bytes: toBytes('First', large) })
  expect(first.article.title).toBe('First')
  for (let number = 0; number < 2; number += 1) {
    await parseOnce({ path, bytes: toBytes(`Large ${number}`, large) })
  }
  expect(await parseOnce({ path, bytes: toBytes('First', large) })).not.toBe(first)
})
