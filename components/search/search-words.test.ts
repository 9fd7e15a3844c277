import { describe, expect, it } from 'vitest'
import { fillIn } from '#lib/i18n/format-in.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { locales } from '#lib/site/locales.ts'
import { toSearchWords } from './search-words.ts'

describe.each(locales)('the words of the search in %s', (locale) => {
  const words = toSearchWords(locale)
  const messages = messagesFor(locale)

  it('can be sent to a browser', () => {
    expect(JSON.parse(JSON.stringify(words))).toEqual(words)
  })

  it('say what the dictionary says, whatever is filled in', () => {
    for (const text of ['vault', '{1} $& {0}', '«лапки»']) {
      expect(fillIn(words.searchNothing, text)).toBe(messages.searchNothing(text))
    }
    const { finding } = words
    expect(fillIn(finding.atLeast, '40')).toBe(messages.finding.atLeast('40'))
    expect(fillIn(finding.manyResults, '1,000')).toBe(messages.finding.manyResults('1,000'))
    expect(fillIn(finding.page, '2', '17')).toBe(messages.finding.page('2', '17'))
    expect(fillIn(finding.searchInstead, 'vualt')).toBe(messages.finding.searchInstead('vualt'))
    const inLanguage = messages.finding.inLanguage('Polski', '3')
    expect(fillIn(finding.inLanguage, 'Polski', '3')).toBe(inLanguage)
  })
})
