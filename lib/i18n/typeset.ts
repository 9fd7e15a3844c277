import type { Locale } from '#lib/site/locales.ts'
import { messagesFor, type Typography } from './messages.ts'

const nbsp = '\u00a0'

/**
 * Sets one run of text after the other: a quotation may begin in one and end in another. A `literal`
 * run, such as code, comes back as it is and is only remembered as what stands before the next.
 */
export type Typesetter = (text: string, kind?: 'literal') => string

/**
 * Sets a line as a typesetter of the language would: its quotation marks and apostrophe, dashes for
 * spaced hyphens, and spaces that do not break where a line must not end or begin (after short
 * words and initials, before units and dashes). What a machine reads (addresses, options, formulas,
 * ranges, feet and inches) is left alone, and so is any mark that is a typographic one already. The
 * rules are the dictionary's `typography`.
 */
export const typeset = (locale: Locale, text: string): string => createTypesetter(locale)(text)

/** The last character of what was set, whether it opened a quotation, and the quotations that are open. */
type State = { before: string; hasOpened: boolean; depth: number; singles: number }

export function createTypesetter(locale: Locale): Typesetter {
  const { typography } = messagesFor(locale)
  const spacing = spacingOf(typography)
  const state: State = { before: '', hasOpened: false, depth: 0, singles: 0 }
  return (text, kind) => {
    if (kind === 'literal') {
      state.before = text.at(-1) ?? state.before
      state.hasOpened = false
      return text
    }
    return text
      .split(literal)
      .map((part, at) => {
        const set = at % 2 === 1 ? part : spacing(setQuotes(part, typography, state))
        if (at % 2 === 1) state.hasOpened = false
        state.before = part.at(-1) ?? state.before
        return set
      })
      .join('')
  }
}

/**
 * Addresses of pages and of people, options of commands (`--fix`), settings (`key="value"`) and paths:
 * captured, so that splitting keeps them at odd places.
 */
const literal =
  /((?:https?:\/\/|www\.|\/\/)\S+|(?<!\S)[^\s@]+@[^\s.]+\.\S+|(?<!\S)--?[A-Za-z][\w-]*(?:=(?:"[^"]*"|'[^']*'|\S*))?|(?<![\w"'.-])[\w.-]+=(?:"[^"\n]{0,200}"|'[^'\n]{0,200}')|(?<!\S)(?:[A-Za-z]:\\|~?\/)[\w.\\/~-]+)/

/** After these, and at the beginning, a quotation mark opens. */
const opening = /[\s([{\u2014\u2013\-/«“„‘]/

/** Letters and figures that leave out their beginning: ’90s, ’n’ roll, ’twas. */
const elision = /^(?:\d0s|n|tis|twas|twere|em|til|cause|bout|round|cos)(?![\p{L}\p{N}])/iu

/** What a single mark opens has its end on the line: a mark after a character and before no letter. */
const endOfSingle = /^(?![\s'])(?:[^'\n]|'(?=[\p{L}\p{N}])){0,400}?(?<=[^\s'])'(?![\p{L}\p{N}])/u

function setQuotes(text: string, { quotes }: Typography, state: State): string {
  let set = ''
  let lastOpening = -2
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at)
    if (mark !== '"' && mark !== "'") {
      set += mark
      continue
    }
    const follows = at > 0 ? at - 1 === lastOpening : state.hasOpened
    const before = at > 0 ? text.charAt(at - 1) : state.before
    const isOpening = before === '' || follows || opening.test(before)
    const after = text.slice(at + 1, at + 500)
    set += mark === "'" ? setSingle() : setDouble()

    function setSingle(): string {
      if (isOpening && !elision.test(after) && endOfSingle.test(after)) {
        state.singles += 1
        lastOpening = at
        return '‘'
      }
      const isWordEnd = !/^[\p{L}\p{N}]/u.test(after)
      if (!isOpening && isWordEnd && state.singles > 0) {
        state.singles -= 1
        return '’'
      }
      // Feet, minutes of arc; all others are apostrophes, or look like them.
      return /\d/.test(before) && !/^\p{L}/u.test(after) ? mark : '’'
    }

    function setDouble(): string {
      // Inches and seconds: after feet always, else unless a quotation is waiting for its end.
      const isMeasure = /\d['′]\s?\d{1,2}(?:[.,]\d+)?$/.test(text.slice(Math.max(0, at - 12), at))
      if (isMeasure || (state.depth === 0 && /\d/.test(before))) return mark
      if (isOpening) {
        state.depth += 1
        lastOpening = at
      }
      const [open, close] = quotes[state.depth > 1 ? 1 : 0]
      if (!isOpening) state.depth = Math.max(0, state.depth - 1)
      return isOpening ? open : close
    }
  }
  if (text !== '') state.hasOpened = lastOpening === text.length - 1
  return set
}

/**
 * A hyphen between spaces is a dash, unless it may be a minus sign, a range or a part of something that a
 * machine reads: in a line with other signs of calculation, between single letters, before a figure
 * that another one stands before (10 am - 5 pm), or before another hyphen.
 */
function setDashes(text: string): string {
  if (!text.includes(' -') || calculation.test(text)) return text
  return text.replace(/(?<=[^\s\d]) -{1,2} (?=[^\s-])/g, (hyphen, at: number) => {
    const before = text.slice(Math.max(0, at - 24), at)
    const after = text.slice(at + hyphen.length, at + hyphen.length + 24)
    const isRange = /^[$€£₴₿]?\d/.test(after) && /\d\S*(?:\s\S{1,8})?$/.test(before)
    const isBetweenLetters =
      /(?:^|[\s(])[A-Za-zα-ω]$/.test(before) && /^[A-Za-zα-ω](?![\p{L}\p{N}])/u.test(after)
    return isRange || isBetweenLetters ? hyphen : ' — '
  })
}

const calculation = /(?:^|\s)(?:[-+−]?=|[+*×÷/^<>≤≥≈≠]|:=|==|=>|->|[<>]=)(?:\s|$)|\w=\w/

const kept = new Map<Typography, (text: string) => string>()

/** Spaces that hold words together. */
function spacingOf(typography: Typography): (text: string) => string {
  const known = kept.get(typography)
  if (known) return known
  const { shortWords, units } = typography
  // Without any words, nothing: an empty alternative would be between all words.
  const shortOnes = shortWords.length > 0 ? shortWords.join('|') : '(?!)'
  const short = new RegExp(`(?<![\\p{L}\\p{N}’'])(${shortOnes}) (?=\\S)`, 'giu')
  const unitWords = [...units, '[A-Z]{2,5}'].join('|')
  const unit = new RegExp(`(\\d) (?=(?:${unitWords})(?![\\p{L}\\p{N}]))`, 'gu')
  const made = (text: string) =>
    setDashes(text)
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
