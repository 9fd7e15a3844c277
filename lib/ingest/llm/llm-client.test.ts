import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import {
  type EndpointRules,
  endpointRules,
  knownModel,
  rightKey,
} from '#bench/evals/test-servers/endpoint-rules.ts'
import { rssWith } from '#bench/evals/test-servers/feed-documents.ts'
import { openIngestFixture } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import { story } from '#bench/evals/test-servers/open-model-fixture.ts'
import { send } from '#bench/evals/test-servers/serve.ts'
import {
  type Behaviour,
  behaveWell,
  rewrite,
  serveModel,
} from '#bench/evals/test-servers/serve-model.ts'
import { site } from '#lib/site/site.ts'
import { articleAnswerSchema } from '../rewrite/parse-rewrite.ts'
import { parseIngestConfig } from '../settings/ingest-config.ts'
import { toSpendingDay } from '../state/spending-record.ts'
import { translationAnswerSchema } from '../translate/parse-translation.ts'
import { checkModel } from './check-model.ts'
import { toStrictSchema } from './strict-schema.ts'

async function open(rules?: EndpointRules, behaviour?: Behaviour) {
  const fixture = await openIngestFixture({ '/feed.xml': send(rssWith([story])) })
  const model = await serveModel(behaviour, rules)
  onTestFinished(() => model.close())
  fixture.env.model = { baseUrl: model.baseUrl, apiKey: rightKey, model: knownModel }
  const formats = () =>
    model.requests.map(({ body }) => JSON.parse(body).response_format?.type ?? 'plain')
  const check = () =>
    checkModel({
      ...fixture,
      config: parseIngestConfig(fixture.settings),
      isDryRun: false,
      now: () => new Date('2026-11-20T12:00:00.000Z'),
      random: () => 0.5,
      signal: new AbortController().signal,
    })
  return { fixture, model, formats, check }
}

const endpoints = Object.entries(endpointRules)

describe('the schema of an answer', () => {
  it.each([
    ['an article', articleAnswerSchema],
    ['a translation', translationAnswerSchema],
  ])('of %s has only what every endpoint takes', (_, kind) => {
    const schema = toStrictSchema(kind)
    for (const [, rules] of endpoints) {
      const json_schema = { name: 'article', strict: true, schema }
      const request = { key: rightKey, model: knownModel }
      const responseFormat = { type: 'json_schema', json_schema }
      expect(rules({ ...request, responseFormat })).toBeUndefined()
    }
  })

  it('says limits in words, and nested objects are closed too', () => {
    const kind = z.object({
      list: z.array(z.object({ a: z.string().max(5).optional() })).min(1),
      kind: z.enum(['A', 'B']).default('A'),
    })
    expect(toStrictSchema(kind)).toEqual({
      type: 'object',
      properties: {
        list: {
          description: 'At least 1.',
          type: 'array',
          items: {
            type: 'object',
            properties: { a: { description: 'At most 5 characters.', type: 'string' } },
            required: ['a'],
            additionalProperties: false,
          },
        },
        kind: { type: 'string', enum: ['A', 'B'] },
      },
      required: ['list', 'kind'],
      additionalProperties: false,
    })
  })

  it.each([
    ['a union', z.object({ a: z.union([z.string(), z.number()]) })],
    ['a record', z.record(z.string(), z.string())],
    ['anything', z.object({ a: z.unknown() })],
  ])('cannot be %s', (_, kind) => {
    expect(() => toStrictSchema(kind)).toThrow(TypeError)
  })
})

describe('an endpoint', () => {
  it.each(endpoints)('with the rules of %s takes every request at once', async (_, rules) => {
    const { fixture, formats } = await open(rules)
    expect(await fixture.ingest()).toMatchObject({
      problems: [],
      articles: { published: 1, translated: 1 },
    })
    expect(formats()).toEqual(['json_schema', 'json_schema'])
  })

  const refuse = (status: number, message: string) => ({
    status,
    body: { error: { message } },
  })
  it.each<[string, EndpointRules, string[]]>([
    [
      'no schema',
      ({ responseFormat }) =>
        responseFormat?.type === 'json_schema'
          ? refuse(400, 'This response_format type is unavailable now')
          : undefined,
      ['json_schema', 'json_object'],
    ],
    [
      'no format, without saying so',
      ({ responseFormat }) => (responseFormat ? refuse(422, 'Unprocessable') : undefined),
      ['json_schema', 'json_object', 'plain'],
    ],
    [
      'no format for this model',
      ({ responseFormat }) =>
        responseFormat
          ? refuse(404, 'No endpoints found that support structured outputs')
          : undefined,
      ['json_schema', 'json_object', 'plain'],
    ],
  ])('that takes %s is asked once, and then in the format it takes', async (_, rules, tried) => {
    const { fixture, model, formats } = await open(rules)
    expect((await fixture.ingest()).articles).toMatchObject({ published: 1, translated: 1 })
    const chosen = tried.at(-1)
    expect(formats()).toEqual([...tried, chosen])
    model.requests.length = 0
    const later = { id: 'g-2', title: 'Oslo wins', text: 'Oslo has won a prize of 40 crowns.' }
    fixture.server.answers.set('/feed.xml', send(rssWith([later])))
    fixture.setNow('2026-11-20T13:00:00.000Z')
    expect((await fixture.ingest()).articles.published).toBe(1)
    expect(new Set(formats())).toEqual(new Set([chosen]))
  })

  it('that refuses one text is asked for the schema again next time', async () => {
    const { fixture, model, formats } = await open(() => refuse(400, 'The text is too long'))
    expect(await fixture.ingest()).toMatchObject({ waiting: 1 })
    expect(formats()).toEqual(['json_schema', 'json_object', 'plain'])
    const { check } = await open()
    expect(await check()).toMatchObject({ format: 'json_schema', problem: undefined })
    expect(model.requests).toHaveLength(3)
  })

  it('that sends an error with status 200 is understood', async () => {
    const body = JSON.stringify({ error: { code: 402, message: 'Insufficient credits' } })
    const { fixture } = await open(undefined, () => ({
      answer: send(body, { 'content-type': 'application/json' }),
    }))
    expect((await fixture.ingest()).problems).toEqual([expect.stringMatching(/payment \(402\)/)])
  })
})

describe('the check of the model', () => {
  it('says format, speed and price, and counts what it cost', async () => {
    const { fixture, check } = await open()
    fixture.settings.costs = { price: { inputPerMillion: 2, outputPerMillion: 10 } }
    expect(await check()).toEqual({
      model: knownModel,
      host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      problem: undefined,
      endpointMessage: undefined,
      format: 'json_schema',
      seconds: expect.any(Number),
      inputTokens: 100,
      outputTokens: 50,
      tokensPerSecond: expect.any(Number),
      price: '0.000700 USD',
      factFaults: 0,
    })
    expect((await fixture.ingest()).model).toMatchObject({ requestsToday: 3, tokensToday: 450 })
  })

  it('says that tokens and price are unknown where nobody says them', async () => {
    const { fixture, check } = await open(undefined, (asked) => ({
      answer: send(JSON.stringify({ choices: [{ message: { content: behaveWell(asked) } }] }), {
        'content-type': 'application/json',
      }),
    }))
    fixture.settings.costs = { price: { inputPerMillion: 2, outputPerMillion: 10 } }
    expect(await check()).toMatchObject({
      problem: undefined,
      inputTokens: undefined,
      tokensPerSecond: undefined,
      price: undefined,
    })
  })

  const withKey = endpoints.filter(([name]) => name !== 'ollama')
  it.each(withKey)('names a wrong and a missing key at %s', async (_, rules) => {
    const { fixture, check } = await open(rules)
    const { model } = fixture.env
    if (!model) throw new Error('There is a model')
    fixture.env.model = { ...model, apiKey: 'wrong-key' }
    expect((await check()).problem).toMatch(/refused the key \(40[01]\)\. Check LLM_API_KEY/)
    fixture.env.model = { ...model, apiKey: '' }
    expect((await check()).problem).toMatch(/asks for a key \(40[01]\), and LLM_API_KEY is not set/)
  })

  it.each(endpoints)('names an unknown model at %s', async (_, rules) => {
    const { fixture, check } = await open(rules)
    if (fixture.env.model) fixture.env.model.model = 'other'
    expect((await check()).problem).toMatch(/knows no model other \(40[04]\)/)
  })

  it.each([
    [402, { code: 402, message: 'Insufficient credits' }],
    [429, { code: 'insufficient_quota', message: 'You exceeded your current quota' }],
    [400, { message: 'Your credit balance is too low to access the API' }],
  ])('names missing credit, which may be %i', async (status, error) => {
    const { check } = await open(() => ({ status, body: { error } }))
    expect((await check()).problem).toMatch(/no credit left/)
  })

  it('distinguishes a limit of requests from missing credit', async () => {
    const { check } = await open(() => ({ status: 429, body: { error: { message: 'Slow down' } } }))
    expect(await check()).toMatchObject({
      problem: expect.stringMatching(/no more requests for now/),
      endpointMessage: expect.stringContaining('Slow down'),
    })
  })

  it('never prints the key', async () => {
    const body = { error: { message: `The key ${rightKey} is blocked` } }
    const { check } = await open(() => ({ status: 401, body }))
    expect((await check()).endpointMessage).toBe('401 The key [key] is blocked')
  })

  it('names an endpoint that cannot be reached', async () => {
    const { model, check } = await open()
    await model.close()
    expect((await check()).problem).toMatch(/cannot be reached at 127\.0\.0\.1/)
  })

  it.each<[string, Behaviour, RegExp]>([
    ['that is not JSON', () => 'Sure! Here it is.', /not JSON/],
    [
      'of another shape',
      ({ material }) => JSON.stringify({ ...rewrite(material), impact: 'one' }),
      /impact/,
    ],
    [
      'that is a page',
      () => ({ answer: send('<p>Welcome</p>', { 'content-type': 'text/html' }) }),
      /no chat completion/,
    ],
  ])('names an answer %s', async (_, behaviour, reason) => {
    const { check } = await open(undefined, behaviour)
    expect((await check()).problem).toMatch(reason)
  })

  it('needs a model', async () => {
    const { fixture, check } = await open()
    fixture.env.model = undefined
    await expect(check()).rejects.toThrow(/LLM_BASE_URL and LLM_MODEL/)
  })
})

it('counts what a day costs by the days of the publication', () => {
  const { timeZone } = site()
  onTestFinished(() => {
    site().timeZone = timeZone
  })
  site().timeZone = 'Europe/Kyiv'
  expect(toSpendingDay(new Date('2026-11-30T21:59:59Z'))).toBe('2026-11-30')
  expect(toSpendingDay(new Date('2026-11-30T22:00:00Z'))).toBe('2026-12-01')
})
