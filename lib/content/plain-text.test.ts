import { describe, expect, it } from 'vitest'
import { countWords, toPlainText } from './plain-text.ts'

describe('toPlainText', () => {
  it.each([
    ['## What *happened* ##', 'What happened ##'],
    ['See [the report](https://x.example/a_(b)) now', 'See the report now'],
    ['[![A chart](a.png "t")](https://x.example)', 'A chart'],
    ['Read [this][ref].\n\n[ref]: https://x.example "T"', 'Read this.'],
    ['https://x.example/a and <https://y.example>', 'and'],
    ['A claim.[^1]\n\n[^1]: The proof.', 'A claim. The proof.'],
    ['> - [x] **Done** and __said__', 'Done and said'],
    ['1. one\n2. two', 'one two'],
    ['| a | b |\n|---|:-:|\n| c | d |', 'a b c d'],
    ['```js\nlet a_b = 1\n```\nafter', 'let a_b = 1 after'],
    ['Use `npm run dev` &amp; wait &#8212; ok', 'Use npm run dev & wait — ok'],
    ['a <b class="x">bold</b><!-- no --> word', 'a bold word'],
    ['x < y and y > z', 'x < y and y > z'],
    ['snake_case _em_ 5\\*', 'snake_case em 5'],
  ])('strips %j', (markdown, text) => {
    expect(toPlainText(markdown)).toBe(text)
  })

  it.each([
    '[',
    '![',
    '[a](',
    '<a ',
    '<!--',
    '[^a]',
    '| ',
    '`\n',
    '> - ',
    ' \n',
    '_a__b',
    '\n[x]: ',
  ])('comes to an end with a long row of %j', { timeout: 60_000 }, (part) => {
    const text = part.repeat(400_000 / part.length)
    expect(toPlainText(text).length).toBeLessThanOrEqual(text.length)
  })
})

describe('countWords', () => {
  it.each([
    ['One two, three.', 3],
    ['It’s a well-known fact', 4],
    ['Біткоїн зріс на 5,5 %', 5],
    ['— … !', 0],
    ['', 0],
  ])('counts %j', (text, count) => {
    expect(countWords(text)).toBe(count)
  })
})
