import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { blankSettings, httpOrigin, listSettings, parseSettings } from './parse-settings.ts'

const schema = z.object({
  FLAVOUR: z.enum(['plain', 'salted']).default('plain').describe('How it tastes.'),
  HUB_TOKEN: z.string().min(16).optional().describe('Opens the hub.'),
  ORIGIN: httpOrigin.optional().describe('Where it is.'),
})

describe('settings', () => {
  it('are listed with their sentence and default', () => {
    expect(listSettings(schema)).toEqual([
      { name: 'FLAVOUR', description: 'How it tastes.', default: 'plain' },
      { name: 'HUB_TOKEN', description: 'Opens the hub.', default: undefined },
      { name: 'ORIGIN', description: 'Where it is.', default: undefined },
    ])
  })

  it('need a sentence', () => {
    expect(() => listSettings(z.object({ SILENT: z.string() }))).toThrow(/description/)
  })

  it('that are wrong are named all at once, with value, fault and meaning', () => {
    expect(() => parseSettings(schema, { FLAVOUR: 'sweet', ORIGIN: 'here' })).toThrow(
      /^FLAVOUR is "sweet": .*How it tastes\.\nORIGIN is "here": it is not an http.*Where it is\.$/,
    )
  })

  it.each([
    ['https://paper.example/news', /it has a path, \/news/],
    ['https://paper.example/?', /it has a query/],
    ['https://paper.example?a=b', /it has a query/],
    ['https://paper.example/#', /it has a hash/],
    ['https://editor:pass-word@paper.example', /it holds a user name or a password/],
    ['https://:pass-word@paper.example', /it holds a user name or a password/],
    ['ftp://paper.example', /not an http or https address/],
    ['//paper.example', /not an http or https address/],
  ])('refuse %s as an origin', (origin, sentence) => {
    const parse = () => parseSettings(schema, { ORIGIN: origin })
    expect(parse).toThrow(sentence)
    expect(parse).not.toThrow(/pass-word/)
  })

  it.each([
    ['https://paper.example/', 'https://paper.example'],
    ['HTTPS://Paper.Example:443', 'https://paper.example'],
    ['http://paper.example:8080', 'http://paper.example:8080'],
    ['https://папір.example', 'https://xn--80a3abe3i.example'],
  ])('take %s as the origin %s', (given, origin) => {
    expect(parseSettings(schema, { ORIGIN: given }).ORIGIN).toBe(origin)
  })

  it('never show a secret, nor a password in another variable', () => {
    const parse = () =>
      parseSettings(schema, { HUB_TOKEN: 'hush-hush', FLAVOUR: 'https://me:hush@hub.example' })
    expect(parse).toThrow(/HUB_TOKEN is set but not usable/)
    expect(parse).not.toThrow(/hush/)
  })

  it('are left alone by files once they are blank', () => {
    expect(blankSettings(listSettings(schema), { FLAVOUR: 'salted' })).toEqual({
      HUB_TOKEN: '',
      ORIGIN: '',
    })
  })
})
