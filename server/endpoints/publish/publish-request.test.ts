import { describe, expect, it } from 'vitest'
import { parsePublishRequest } from './publish-request.ts'

describe('parsePublishRequest', () => {
  it.each(['', ' \n', '{}'])('takes %j for a wish to publish everything', (body) => {
    expect(parsePublishRequest(body).paths).toBeUndefined()
  })

  it('reads the files that are meant', () => {
    const paths = ['articles/uk/2026/11/біткоїн.md', 'a.md']
    expect(parsePublishRequest(JSON.stringify({ paths }))).toEqual({ paths })
  })

  it.each([
    ['{"paths":', /no JSON/],
    ['null', /object/],
    ['{"path":"a.md"}', /"path"/],
    ['{"paths":"a.md"}', /paths: .*array/],
    ['{"paths":[]}', /leave it out to publish everything/],
    ['{"paths":["a.md",3]}', /^paths\[1\]: .*string/],
    ['{"paths":["../a.md"]}', /^paths\[0\]: expected the path of a Markdown file/],
    ['{"paths":["/etc/a.md"]}', /paths\[0\]/],
    ['{"paths":["a\\\\b.md"]}', /paths\[0\]/],
    ['{"paths":["a\\u0000.md"]}', /paths\[0\]/],
    ['{"paths":["a.txt"]}', /paths\[0\]/],
    ['{"paths":[".git/a.md"]}', /paths\[0\]/],
  ])('refuses %s and says why', (body, reason) => {
    expect(() => parsePublishRequest(body)).toThrow(reason)
  })
})
