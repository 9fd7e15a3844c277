import { ukParts, ukSentences } from './desk/uk-sentences.ts'
import type { DeskLanguage } from './desk-words.ts'
import { formatDateTime, formatLanguage } from './format.ts'

/** In UTF-16 code units: a longer sentence, which a file may hold, stays in English. */
const mostLength = 1000

const templates = Object.entries(ukSentences).map(([english, ukrainian]) => ({
  pattern: new RegExp(
    `^${english.replace(/[\\^$.*+?()[\]|]/g, '\\$&').replace(/\{\d\}/g, '([^]+?)')}$`,
  ),
  start: english.split('{')[0] ?? '',
  ukrainian,
}))

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
  const translated = language === 'uk' ? translate(sentence) : undefined
  const text = (translated ?? sentence).replace(
    /(?<!“)\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g,
    (instant) => formatDateTime(language, instant),
  )
  return { text, language: translated === undefined ? 'en' : language }
}

function translate(sentence: string): string | undefined {
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
  ukParts[part] ?? ukSentences[part] ?? ukrainianNames.get(part) ?? part
