import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { composeArticleFile, hasValidChecksum, parseExistingArticle } from './article-file.ts'

const path = 'articles/en/2026/11/a.md'
const bytesOf = (text: string) => new TextEncoder().encode(text)

function compose(body = 'A text.\n'): string {
  const file = composeArticleFile(path, articleWith({ body }), 'print')
  if ('problems' in file) throw new Error(JSON.stringify(file.problems))
  return file.text
}

it('belongs to ingest until a byte of the file changes', () => {
  const text = compose()
  expect(parseExistingArticle(path, bytesOf(text))).toMatchObject({
    owner: 'ingest',
    fingerprint: 'print',
  })
  const edited = text.replace('A text.', 'Another text.')
  expect(parseExistingArticle(path, bytesOf(edited))?.owner).toBe('person')
})

it('belongs to a person without a checksum in its front matter, whatever its body says', () => {
  const text = compose().replace(/\n {2}seal: .*/, '')
  expect(hasValidChecksum(bytesOf(text))).toBe(false)
  const checksum = createHash('sha256').update(text).digest('hex').slice(0, 24)
  expect(hasValidChecksum(bytesOf(`${text}  seal: ${checksum}\n`))).toBe(false)
})
