import { describe, expect, it } from 'vitest'
import { findEntity } from '#lib/site/names.ts'
import {
  agePhrases,
  formatCount,
  formatDate,
  formatDateTime,
  formatEdition,
  formatLanguage,
  formatMonth,
  formatNumber,
  formatUsd,
} from './format.ts'
import { messagesFor } from './messages.ts'
import { formatAsset, formatTopic } from './topic-names.ts'

describe('formatting for people', () => {
  it('tells dates in UTC, whatever the zone of the machine', () => {
    const justBeforeMidnight = '2026-10-31T23:59:00.000Z'
    expect(formatDate('en', justBeforeMidnight)).toBe('31 October 2026')
    expect(formatDateTime('en', justBeforeMidnight)).toBe('31 October 2026 at 23:59 UTC')
    expect(formatDate('uk', justBeforeMidnight)).toBe('31 жовтня 2026 р.')
    expect(formatMonth('uk', { year: 2026, month: 7 })).toBe('липень 2026 р.')
  })

  it('begins a line with a capital, in languages that write days and assets with a small one', () => {
    const noon = '2026-11-30T12:00:00.000Z'
    expect(formatEdition('uk', noon)).toBe('Понеділок, 30 листопада 2026 р.')
    expect(formatEdition('en', noon)).toBe('Monday, 30 November 2026')
    const bitcoin = findEntity('bitcoin')
    expect(bitcoin && formatAsset('uk', bitcoin)).toBe('Біткоїн')
  })

  it('has cents only where there are some', () => {
    expect(formatUsd('en', 91_250)).toBe('$91,250')
    expect(formatUsd('en', 2_610.5)).toBe('$2,610.50')
    expect(formatUsd('en', 0.000_012_34)).toBe('$0.00001234')
  })

  it.each([
    [1, '1 стаття'],
    [3, '3 статті'],
    [5, '5 статей'],
    [21, '21 стаття'],
    [112, '112 статей'],
  ])('counts in Ukrainian: %i', (count, phrase) => {
    expect(formatCount('uk', messagesFor('uk').articles, count)).toBe(phrase)
  })

  it('counts in English and groups digits as the language does', () => {
    expect(formatCount('en', messagesFor('en').articles, 1)).toBe('1 article')
    expect(formatCount('en', messagesFor('en').articles, 1200)).toBe('1,200 articles')
    expect(formatNumber('uk', 1200000)).toBe('1\u00a0200\u00a0000')
  })

  it('names languages, and leaves alone what is none', () => {
    expect(formatLanguage('uk', 'en')).toBe('англійська')
    expect(formatLanguage('en', 'not a language')).toBe('not a language')
  })
})

describe('agePhrases', () => {
  it('has a phrase for each count, said once for all that share it', () => {
    expect(agePhrases('en')).toEqual({ minute: [[1, '# min ago']], hour: [[1, '# hr ago']] })
    expect(agePhrases('uk')).toEqual({ minute: [[1, '# хв тому']], hour: [[1, '# год тому']] })
  })
})

describe('formatTopic', () => {
  it.each([
    ['TRADING', 'Trading'],
    ['LAYER 2', 'Layer 2'],
    ['DEFI', 'DeFi'],
    ['BTC', 'BTC'],
    ['A B C D E F G H I J K L', 'A B C D E F G H I J K L'],
    ['SPACE RACE', 'Space race'],
    ['Already Written', 'Already Written'],
  ])('shows %s as %s', (value, shown) => {
    expect(formatTopic('en', value)).toBe(shown)
  })

  it('speaks the language of the page', () => {
    expect(formatTopic('uk', 'trading')).toBe('Трейдинг')
  })
})
