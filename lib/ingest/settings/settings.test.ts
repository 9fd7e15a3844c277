import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseIngestConfig } from './ingest-config.ts'
import { parseIngestEnv } from './ingest-env.ts'

const feed = { kind: 'feed', key: 'wire', name: 'Wire', url: 'https://wire.example/rss' }

describe('settings', () => {
  it('have an example that is right', async () => {
    const example = await import(resolve('ingest.config.ts'))
    expect(parseIngestConfig(example.default).sources.length).toBeGreaterThan(0)
  })

  it.each([
    [{ sources: [{ ...feed, url: 'wire.example' }] }, /sources\.0\.url/],
    [{ sources: [feed, feed] }, /different key for each source/],
    [{ sources: [{ ...feed, langauge: 'en' }] }, /langauge/],
    [{ sources: [{ ...feed, language: 'fr' }] }, /sources\.0\.language/],
    [{ sources: [{ ...feed, language: 'uk' }], languages: ['en'] }, /wire.*uk.*languages/],
    [{ sources: [], withoutModel: 'maybe' }, /withoutModel/],
    [undefined, /the settings/],
  ])('that are wrong are named: %j', (settings, sentence) => {
    expect(() => parseIngestConfig(settings)).toThrow(sentence)
  })
})

describe('the environment', () => {
  it('needs nothing, and takes empty for not set', () => {
    expect(parseIngestEnv({ LLM_BASE_URL: '', LLM_MODEL: '' }).model).toBeUndefined()
  })

  it('needs address and name of a model together', () => {
    expect(() => parseIngestEnv({ LLM_MODEL: 'x' })).toThrow(/LLM_MODEL is set and LLM_BASE_URL/)
  })

  it('never says what a wrong value was', () => {
    const wrong = () => parseIngestEnv({ LLM_BASE_URL: 'sk-secret', LLM_MODEL: 'x' })
    expect(wrong).toThrow(/LLM_BASE_URL is set but not usable/)
    expect(wrong).not.toThrow(/sk-secret/)
  })
})
