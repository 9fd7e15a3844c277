import { describe, expect, it } from 'vitest'
import { toUrlKey } from '#lib/ingest/intake/story-url.ts'
import { parseIngestConfig } from '#lib/ingest/settings/ingest-config.ts'
import { measureSameEvent } from './measure-same-event.ts'

describe('the recognition of events', () => {
  it('is on the labelled pairs as good as it was', () => {
    const { threshold } = parseIngestConfig({ sources: [] }).sameEvent
    const all = measureSameEvent(threshold).find(({ name }) => name === 'all')
    expect(all?.precision).toBeGreaterThanOrEqual(0.92)
    expect(all?.recall).toBeGreaterThanOrEqual(0.95)
  })
})

describe('toUrlKey', () => {
  it.each([
    'https://wire.example/a/b?id=7',
    'http://www.wire.example/a/b/?id=7#comments',
    'https://amp.wire.example/a/b/amp?utm_source=x&id=7&fbclid=1',
    'https://m.wire.example//a/b?id=7&ref=home',
  ])('sees one page in %s', (address) => {
    expect(toUrlKey(address)).toBe('wire.example/a/b?id=7')
  })

  it('keeps pages apart that differ in what is no tracker', () => {
    expect(toUrlKey('https://wire.example/?p=1')).not.toBe(toUrlKey('https://wire.example/?p=2'))
  })

  it.each([undefined, '', 'mailto:a@b.example', 'https://wire.example/', '/relative'])(
    'makes nothing of %s',
    (address) => expect(toUrlKey(address)).toBeUndefined(),
  )
})
