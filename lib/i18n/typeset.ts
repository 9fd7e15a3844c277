import type { Locale } from '#lib/site/locales.ts'
import { messagesFor, type Typography } from './messages.ts'

const nbsp = '\u00a0'

/** Sets one run of text after the other: a quotation may begin in one and end in another. */
export type Typesetter = (text: string) => string

/**
 * Sets a line as a typesetter of the language would: its quotation marks and apostrophe, dashes for
 * spaced hyphens, and spaces that do not break where a line must not end or begin (after short
 * words and initials, before units and dashes). Addresses are left alone, and so is any mark that is
 * a typographic one already. The rules are the dictionary's `typography`.
 */
export const typeset = (locale: Locale, text: string): string => createTypesetter(locale)(text)

export function createTypesetter(locale: Locale): Typesetter {
  const { typography } = messagesFor(locale)
  const spacing = spacingOf(typography)
  const state = { before: '', depth: 0 }
  return (text) =>
    text
      .split(address)
      .map((part, at) => {
        const set = at % 2 === 1 ? part : spacing(setQuotes(part, typography, state))
        state.before = part.at(-1) ?? state.before
        return set
      })
      .join('')
}

/** Addresses of pages and of people: captured, so that splitting keeps them at odd places. */
const address = /((?:https?:\/\/|www\.|\/\/)\S+|\S+@\S+\.\S+)/

/** After these, and at the beginning, a quotation mark opens. */
const opening = /[\s([{\u2014\u2013\-/«“„‘]/

function setQuotes(
  text: string,
  { quotes }: Typography,
  state: { before: string; depth: number },
): string {
  return text.replace(/["']/g, (mark, at: number) => {
    const before = at > 0 ? text.charAt(at - 1) : state.before
    const isOpening = before === '' || opening.test(before)
    const after = text.charAt(at + 1)
    if (mark === "'") {
      // Feet; an opening one has its end; all others are apostrophes, or look like them.
      if (/\d/.test(before) && !/\p{L}/u.test(after)) return mark
      const isQuote = isOpening && /^\p{L}.*[\p{L}.!?]'(?!\p{L})/u.test(text.slice(at + 1))
      return isQuote ? '‘' : '’'
    }
    // Inches, unless a quotation is waiting for its end.
    if (state.depth === 0 && /\d/.test(before)) return mark
    if (isOpening) state.depth += 1
    const [open, close] = quotes[state.depth > 1 ? 1 : 0]
    if (!isOpening) state.depth = Math.max(0, state.depth - 1)
    return isOpening ? open : close
  })
}

const kept = new Map<Typography, Typesetter>()

/** Spaces that hold words together. */
function spacingOf(typography: Typography): Typesetter {
  const known = kept.get(typography)
  if (known) return known
  const { shortWords, units } = typography
  // Without any words, nothing: an empty alternative would be between all words.
  const shortOnes = shortWords.length > 0 ? shortWords.join('|') : '(?!)'
  const short = new RegExp(`(?<![\\p{L}\\p{N}’'])(${shortOnes}) (?=\\S)`, 'giu')
  const unitWords = [...units, '[A-Z]{2,5}'].join('|')
  const unit = new RegExp(`(\\d) (?=(?:${unitWords})(?![\\p{L}\\p{N}]))`, 'gu')
  const made: Typesetter = (text) =>
    text
      .replace(/(?<=[^\s\d]) -{1,2} (?=\S)/g, ' — ')
      .replace(/(?<=\S) (?=[—–] )/g, nbsp)
      .replace(/(?<![\p{L}\p{N}])(\p{Lu}\.) (?=\p{Lu})/gu, `$1${nbsp}`)
      .replace(/([№§]) (?=\d)/g, `$1${nbsp}`)
      .replace(unit, `$1${nbsp}`)
      // Twice, because one short word may follow another.
      .replace(short, `$1${nbsp}`)
      .replace(short, `$1${nbsp}`)
  kept.set(typography, made)
  return made
}
