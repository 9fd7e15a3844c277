import type { APIResponse } from '@playwright/test'
import Ajv2020 from 'ajv/dist/2020.js'
import { expect, test } from './journey.ts'

test('a program walks all articles, and every answer is as the description says', async ({
  request,
  baseURL,
}) => {
  const ajv = new Ajv2020({ formats: { 'date-time': true, uri: true }, strict: false })
  ajv.addSchema(await (await request.get('/api/openapi.json')).json(), 'api')
  const slugs: string[] = []
  let address: string | undefined = `${baseURL}/api/articles?limit=20&include=body`
  while (address) {
    const response: APIResponse = await request.get(address)
    const answer = await response.json()
    ajv.validate('api#/components/schemas/ArticleList', answer)
    expect(ajv.errors).toBeNull()
    for (const { slug } of answer.articles) slugs.push(slug)
    address = answer.next
  }
  const { index } = await (await request.get('/health')).json()
  expect(slugs).toHaveLength(index.visibleCount.en)
  expect(new Set(slugs).size).toBe(slugs.length)
  for (const hidden of ['notes-in-draft', 'fork-of-2099', 'claim-withdrawn']) {
    expect(slugs).not.toContain(hidden)
  }
  const found = await (await request.get('/api/search?q=halvings')).json()
  ajv.validate('api#/components/schemas/SearchAnswer', found)
  expect(ajv.errors).toBeNull()
  expect(found.hits[0].article.slug).toBe('table-of-halvings')
})

test('a program hears 304, 308, 404 and 410 in the right places', async ({ request }) => {
  const one = await request.get('/api/articles/table-of-halvings')
  const { etag = '' } = one.headers()
  const status = async (path: string, headers = {}) =>
    (await request.get(`/api/articles/${path}`, { headers, maxRedirects: 0 })).status()
  expect(await status('table-of-halvings', { 'if-none-match': etag })).toBe(304)
  expect(await status('notes-in-draft')).toBe(404)
  expect(await status('fork-of-2099')).toBe(404)
  expect(await status('claim-withdrawn')).toBe(410)
})
