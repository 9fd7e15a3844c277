import { eld } from 'eld/extrasmall'
import { formatLanguage } from '#lib/i18n/format.ts'
import type { Locale } from '#lib/site/locales.ts'

/**
 * What shows that a text of a model is no text to publish, in sentences that name the field: another
 * language or script, the model's talk about itself, sentences in a loop, markup and placeholders that
 * were left over. `said` is what the model was given: what stands there is no fault.
 */
export function findAnswerFaults(
  fields: { name: string; text: string }[],
  said: string,
  locale: Locale,
): string[] {
  const faults = fields.flatMap(({ name, text }) => [
    ...findLanguageFaults(name, text, said, locale),
    ...findLeftovers(name, text, said),
    ...findRepetition(name, text, said),
  ])
  const whole = fields.map(({ text }) => text).join('\n')
  return [
    ...faults,
    ...(faults.length > 0 ? [] : findRepetition('The text', whole, said, fields.length)),
  ]
}

function findLanguageFaults(name: string, text: string, said: string, locale: Locale): string[] {
  const asked = formatLanguage('en', locale)
  const words = toOwnWords(text, said)
  const letters = words.replace(/[^\p{L}]/gu, '')
  const { script = 'Latn', language } = new Intl.Locale(locale).maximize()
  const inScript = letters.match(lettersOf(script))?.length ?? 0
  // Names and tickers stay in Latin letters; other scripts have no place in any text.
  const isNamesOnly = letters.length < 8
  if (!isNamesOnly && inScript < letters.length * (script === 'Latn' ? 0.8 : 0.5)) {
    return [`${name} is not in ${asked}: its letters are of another script.`]
  }
  const strange = findStrangeWord(words, script)
  if (strange !== undefined) {
    return [`${name} has “${strange}”, which is not written in the letters of ${asked}.`]
  }
  if (letters.length < 15) return []
  const scores: Record<string, number> = eld.detect(words).getScores()
  const own = scores[language] ?? scores[relatives[language] ?? '']
  const [best, score] = Object.entries(scores)[0] ?? []
  if (own === undefined && !known.has(language)) return []
  if (
    best === undefined ||
    score === undefined ||
    best === language ||
    best === relatives[language]
  )
    return []
  // Short texts have little to go by.
  const margin = letters.length < 60 ? 0.02 : 0.005
  if (score - (own ?? 0) < margin) return []
  return [`${name} is not in ${asked}: it reads as ${formatLanguage('en', best)}.`]
}

const relatives: Record<string, string> = { nb: 'no', nn: 'no', fil: 'tl', iw: 'he' }
const known = new Set(Object.values(eld.info().Languages))

/** Without the words that the story has too, which may be names, and without quotation and code. */
function toOwnWords(text: string, said: string): string {
  const names = new Set(said.match(/\p{Lu}[\p{L}\p{M}\p{N}’'-]*/gu))
  return text.replace(/[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu, (word) =>
    /^\p{Lu}/u.test(word) && names.has(word) ? ' ' : word,
  )
}

/** A word of letters of a third script, or of two scripts at once. */
function findStrangeWord(text: string, script: string): string | undefined {
  for (const [word] of text.matchAll(/[\p{L}\p{M}][\p{L}\p{M}’'-]*/gu)) {
    const own = word.match(lettersOf(script))?.length ?? 0
    const latin = script === 'Latn' ? 0 : (word.match(/\p{Script=Latin}/gu)?.length ?? 0)
    const all = word.match(/\p{L}/gu)?.length ?? 0
    if (own + latin < all) return word
    // A Latin letter that looks like a Cyrillic one: no search finds the word.
    if (own > 0 && latin > 0 && !/^[^-]*-|^\p{Lu}+/u.test(word)) return word
  }
  return undefined
}

/** Some codes of scripts stand for several in one text: Chinese, Japanese, Korean. */
function lettersOf(script: string): RegExp {
  try {
    return new RegExp(`\\p{Script=${script}}`, 'gu')
  } catch {
    return /[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}]/gu
  }
}

/** What models say of themselves and of their task, in English and Ukrainian. */
const talk = [
  /\b(?:here is|here's|here are|below is|this is) (?:the|your|my|a|an) (?:rewritten|revised|translated|updated|corrected|requested|final|short|news)? ?(?:article|translation|version|summary|text|json|rewrite)\b/iu,
  /\b(?:as an?|i am an?|i'm an?) (?:ai|artificial|large|language|neutral)\b[^.]{0,30}(?:model|assistant|intelligence)/iu,
  /^(?:sure|certainly|of course|absolutely|okay|got it)[,!.]\s/iu,
  /\b(?:i|we) (?:have|'ve|’ve) (?:removed|rewritten|rephrased|translated|corrected|omitted|kept|changed|added|included|followed|shortened|avoided)\b/iu,
  /\b(?:i cannot|i can't|i can’t|i'm unable to|i am unable to|i'm sorry|i apologi[sz]e)\b/iu,
  /\b(?:as (?:you )?requested|as per (?:your|the) (?:request|instructions?)|per your (?:request|instructions?)|the (?:user|prompt|instructions?) (?:asks?|asked|wants?|says?|requires?))\b/iu,
  /(?:^|[.!?]\s)(?:note|n\.b\.|disclaimer|translator['’]s note)\s*[:—-]/iu,
  /\b(?:the (?:provided|given|supplied) (?:story|text|article|material|source)|(?:not|isn't|isn’t) (?:mentioned|stated|specified|provided) in the (?:story|source|text|material|article))\b/iu,
  /\b(?:let me know if|feel free to|hope this helps|would you like me)\b/iu,
  /(?:^|[.!?]\s)(?:ось|нижче наведено|надаю|пропоную) (?:ваш\p{L}* |виправлен\p{L}+ |оновлен\p{L}+ |переписан\p{L}+ |перероблен\p{L}+ )?(?:статт|переклад|текст|версі|переказ|відповід)/iu,
  /(?:^|[.!?]\s)(?:примітка|зауваження|примітка перекладача)\s*[:—–-]/iu,
  /(?:як (?:мовна модель|штучний інтелект|асистент)|я (?:не можу|видалив|прибрав|переписав|переклав|скоротив|додав)(?!\p{L})|на ваш(?:е|у) прохання|відповідно до (?:ваш\p{L}+ )?інструкці|вибачте, але)/iu,
  /(?:наданий|надана|наданого|наданому) (?:текст|історі|матеріал|статт)/iu,
]
/** Markup and placeholders: the fields are plain text. */
const leftovers = [
  /<\/?(?:think|thinking|reasoning|answer|article|json|output)\b[^>]*>/iu,
  /```|\*\*\S|(?:^|\n)#{1,6}\s|\|\s?---/u,
  /&(?:nbsp|amp|lt|gt|quot|#\d+|#x[\da-f]+);/iu,
  /\{\{|\$\{|\[(?:insert|name|date|number|todo|source|link|image|url|company|person)\b[^\]]*\]/iu,
  /\b(?:lorem ipsum|TODO:|TBD\b|undefined|\[object Object\]|NaN\b)/u,
  /"(?:title|description|overview|whatHappened|whyItMatters|impact)"\s*:/u,
  /<\|[a-z_]+\|>|\[\/?INST\]|<<SYS>>/iu,
  /\ufffd/u,
  /\\[nt](?=\p{L}|\s|$)|\\u[\da-f]{4}/u,
]

function findLeftovers(name: string, text: string, said: string): string[] {
  const find = (patterns: RegExp[]) =>
    patterns
      .map((pattern) => pattern.exec(text)?.[0].trim())
      .find((found) => found !== undefined && !said.includes(found))
  const [spoken, left] = [find(talk), find(leftovers)]
  return [
    ...(spoken === undefined
      ? []
      : [`${name} has words of the model about its task: “${spoken}”.`]),
    ...(left === undefined ? [] : [`${name} has markup or a placeholder left over: “${left}”.`]),
  ]
}

/** Sentences that a text may have alike: a headline and the lead that repeats it. */
const mayRepeat = 2

/** A sentence, or a row of words, that comes again and again. */
function findRepetition(name: string, text: string, said: string, fields = 1): string[] {
  const sentences = text.split(/(?<![.!?…])[.!?…]+\s+|\n/).map(toPlain)
  const sentence = findRepeated(
    sentences.filter((one) => one.length > 12),
    Math.max(mayRepeat, Math.min(3, fields)),
  )
  if (sentence !== undefined) return [`${name} repeats a sentence: “${sentence.slice(0, 100)}”.`]
  const words = toPlain(text).split(' ')
  const rows = words.slice(0, -5).map((_, at) => words.slice(at, at + 6).join(' '))
  const row = findRepeated(rows, 4)
  return row === undefined || toPlain(said).split(row).length > 4
    ? []
    : [`${name} repeats the words “${row}”.`]
}

function findRepeated(items: string[], allowed: number): string | undefined {
  const counts = new Map<string, number>()
  for (const item of items) {
    const count = (counts.get(item) ?? 0) + 1
    if (count > allowed) return item
    counts.set(item, count)
  }
  return undefined
}

function toPlain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
