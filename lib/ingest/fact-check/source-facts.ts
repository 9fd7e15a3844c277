import { listMentions } from '#lib/site/names.ts'
import { listDates } from './lists/list-dates.ts'
import { type FoundNumber, listNumbers } from './lists/list-numbers.ts'
import { listQuotations, toPlainWords } from './lists/list-quotations.ts'
import { listNameKeys } from './name-key.ts'

/** The facts of a text, against which another text is checked. */
export type SourceFacts = {
  numbers: FoundNumber[]
  dates: Set<string>
  /** Words in lower case, without possessive endings. */
  words: Set<string>
  /** How its words with a capital sound, for names in another script. */
  nameKeys: Set<string>
  /** The keys of the entities of our list of names that it names. */
  entities: Set<string>
  /** Letters and digits, lower case, single spaces, one space at each end. */
  plain: string
  quotationCount: number
}

/** The facts of a story, or of an article that is to be translated. */
export function toSourceFacts(text: string): SourceFacts {
  const words = new Set<string>()
  const nameKeys = new Set<string>()
  for (const [written] of text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}&’'ʼ.-]*/gu)) {
    for (const form of listForms(written)) {
      words.add(form.toLowerCase())
      if (/^\p{Lu}|\p{Ll}\p{Lu}/u.test(form))
        for (const key of listNameKeys(form)) nameKeys.add(key)
    }
  }
  return {
    numbers: listNumbers(text),
    dates: new Set(listDates(text).map(({ key }) => key)),
    words,
    nameKeys,
    entities: new Set(listMentions(text).map(({ entity }) => entity.key)),
    plain: ` ${toPlainWords(text)} `,
    quotationCount: listQuotations(text).length,
  }
}

/** A word, without its possessive or dots, and the parts of one with hyphens. */
export function listForms(written: string): string[] {
  const plain = trimWordEnd(written).replace(/[’'ʼ]s?$/u, '')
  const parts = plain.split(/[-–]/).filter((part) => part.length > 1)
  return [...new Set([plain, plain.replaceAll('.', ''), ...parts])].filter((form) => form !== '')
}

const wordMarks = new Set(".’'ʼ&-")

/** A word without the marks that follow it. A loop, because `[…]+$` starts over at every mark. */
export function trimWordEnd(word: string): string {
  let end = word.length
  while (end > 0 && wordMarks.has(word[end - 1] ?? '')) end -= 1
  return word.slice(0, end)
}
