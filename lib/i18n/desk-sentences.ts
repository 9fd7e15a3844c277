import { ukParts, ukSentences } from './desk/uk-sentences.ts'
import type { DeskLanguage } from './desk-words.ts'
import { formatDateTime, formatLanguage } from './format.ts'

/** In UTF-16 code units: a longer sentence, which a file may hold, stays in English. */
const mostLength = 1000
const mostPartLength = 200

const toTemplates = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).map(([english, ukrainian]) => ({
    pattern: new RegExp(
      `^${english.replace(/[\\^$.*+?()[\]|}]/g, '\\$&').replace(/\{\d\\\}/g, '([^]+?)')}$`,
    ),
    start: english.split('{')[0] ?? '',
    ukrainian,
  }))

const sentences = toTemplates(ukSentences)
const parts = toTemplates(ukParts)

/** How an editor knows the parts of an article that a model fills in as fields. */
const fieldNames: Readonly<Record<string, string>> = {
  title: 'The title',
  description: 'The description',
  overview: 'The part “Overview”',
  whatHappened: 'The part “What happened”',
  whyItMatters: 'The part “Why it matters”',
  impact: 'The part “Impact on the crypto market”',
}

/** Languages that a sentence may name. */
const languageCodes = 'en uk ru be pl cs de fr es it pt nl ro hu tr bg el ar zh ja ko'.split(' ')
const ukrainianNames = new Map(
  languageCodes.map((code) => [formatLanguage('en', code), formatLanguage('uk', code)]),
)

/**
 * A sentence of the code or of a content file in the language of who reads it. Instants are for
 * people. `language` is English where nobody has translated it.
 */
export function toDeskSentence(
  language: DeskLanguage,
  sentence: string,
): { text: string; language: DeskLanguage } {
  const named = sentence.replace(
    /^The field (\w+)(?= )/,
    (written, field) => fieldNames[field] ?? written,
  )
  const translated = language === 'uk' ? translate(named, sentences) : undefined
  const text = (translated ?? named).replace(
    /(?<!“)\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g,
    (instant) => formatDateTime(language, instant),
  )
  return { text, language: translated === undefined ? 'en' : language }
}

/** What a check has found in a file, or expects there: as much of it as there are words for. */
export const toDeskPhrase = (language: DeskLanguage, phrase: string): string =>
  language === 'uk' ? translatePart(phrase) : phrase

function translate(sentence: string, templates: typeof sentences): string | undefined {
  if (sentence.length > mostLength) return undefined
  for (const { pattern, start, ukrainian } of templates) {
    const found = sentence.startsWith(start) ? pattern.exec(sentence) : null
    if (!found) continue
    const [, ...parts] = found
    return ukrainian.replace(/\{(\d)\}/g, (_, at) => translatePart(parts[Number(at)] ?? ''))
  }
  return undefined
}

const translatePart = (part: string): string =>
  ukParts[part] ??
  ukSentences[part] ??
  ukrainianNames.get(part) ??
  // What stands in quotation marks is of the file, and what is long is a text.
  (/^["“]/.test(part) || part.length > mostPartLength ? part : (translate(part, parts) ?? part))
