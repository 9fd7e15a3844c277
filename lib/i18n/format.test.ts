import { describe, expect, it } from 'vitest'
import {
  formatCount,
  formatDate,
  formatDateTime,
  formatLanguage,
  formatMonth,
  formatNumber,
} from './format.ts'
import { messagesFor } from './messages.ts'
import { formatTopic } from './topic-names.ts'

describe('formatting for people', () => {
  it('tells dates in UTC, whatever the zone of the machine', () => {
    const justBeforeMidnight = '2026-10-31T23:59:00.000Z'
    expect(formatDate('en', justBeforeMidnight)).toBe('31 October 2026')
    expect(formatDateTime('en', justBeforeMidnight)).toBe('31 October 2026 at 23:59 UTC')
    expect(formatDate('uk', justBeforeMidnight)).toBe('31 жовтня 2026 р.')
    expect(formatMonth('uk', { year: 2026, month: 7 })).toBe('липень 2026 р.')
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
