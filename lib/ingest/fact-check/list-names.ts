import { type DictionaryLanguage, readWord } from '#lib/node/dictionary.ts'
import { isKnownName } from '#lib/site/names.ts'
import { isDateWord } from './list-dates.ts'
import { listQuotations } from './list-quotations.ts'
import { coins, readUnit } from './units.ts'

/** A word that names somebody or something, as it is written. */
export type FoundName = {
  text: string
  /** `plain`: an ordinary word with a capital inside a sentence: Supreme, Рада. */
  kind: 'name' | 'plain' | 'acronym' | 'ticker'
  at: number
  /** An ordinary word beside others with a capital: Natural Science Foundation, A Few Hard Truths. */
  isInTitle?: true
}

/** In characters. What is longer is no name; its beginning is looked for. */
const maxNameLength = 60

const word = /\$?[\p{L}\p{N}][\p{L}\p{M}\p{N}&’'ʼ.-]*/gu

/**
 * The names of a text: words with a capital inside a sentence, and at its beginning, or in a headline in
 * which every word has a capital, those that are no ordinary words. Without a dictionary (`undefined`)
 * only what cannot be an ordinary word: tickers, acronyms, capitals inside a word.
 */
export function listNames(text: string, language: DictionaryLanguage | undefined): FoundName[] {
  const found: FoundName[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const isTitle = language !== 'uk' && isTitleCase(line)
    const isShouted = !/\p{Ll}/u.test(line)
    const matches = line.matchAll(word)
    for (const match of matches) {
      const written = trimMarks(match[0].slice(0, maxNameLength))
      const isFirst = isStart(line, match.index)
      // The dollars are those of the United States.
      if (/дол(?:ар\p{L}{0,3}|\.) $/u.test(line.slice(Math.max(0, match.index - 12), match.index)))
        continue
      const end = match.index + match[0].length
      const isBeforeSaying =
        isFirst && written.length > 3 && sayings.test(line.slice(end, end + 20))
      let inside = 0
      for (const part of splitCompound(written, language)) {
        const kind = isShouted
          ? undefined
          : toKind(part, { isFirst, isTitle, isBeforeSaying, language })
        inside = Math.max(inside, written.indexOf(part, inside))
        const text = withoutPlural(part)
        if (kind) found.push({ text, kind, at: start + match.index + inside })
        inside += part.length
      }
    }
    start += line.length + 1
  }
  return markTitles(text, found)
}

/** In words: a longer quotation is no title of a book or a film. */
const longestTitle = 12

/** What may stand between the words of a title, with the spaces around. */
const betweenTitleWords = /^[\s:]+(?:(?:of|the|for|and|in|on|to|a|an|with|from|at|by)\s+){0,3}$/iu

function markTitles(text: string, found: FoundName[]): FoundName[] {
  const isBeside = (one: FoundName | undefined, other: FoundName | undefined) =>
    one !== undefined &&
    other !== undefined &&
    betweenTitleWords.test(text.slice(one.at + one.text.length, other.at))
  const quoted = found.some(({ kind }) => kind === 'plain') ? listQuotations(text) : []
  const isQuoted = ({ at }: FoundName) =>
    quoted.some(
      (one) => one.length <= longestTitle && one.at <= at && at < one.at + one.text.length + 3,
    )
  return found.map((name, place) =>
    name.kind === 'plain' &&
    (isBeside(found[place - 1], name) || isBeside(name, found[place + 1]) || isQuoted(name))
      ? { ...name, isInTitle: true }
      : name,
  )
}

/** Without the marks at its end and the possessive; `U.S.` and `J.` keep their dots. */
export function trimMarks(written: string): string {
  return written.replace(/(?<!\.\p{Lu})[.’'ʼ&-]+$/u, '').replace(/[’'ʼ]s$/u, '')
}

/** `MPs` are several of an `MP`. */
export function withoutPlural(written: string): string {
  return /^\p{Lu}{2,7}s$/u.test(written) ? written.slice(0, -1) : written
}

/** `Нью-Йорк` and `Брод-стріт` are two words, `ERC-20` is one, and so is what the dictionary has. */
function splitCompound(written: string, language: DictionaryLanguage | undefined): string[] {
  if (!/^\p{Lu}(?:[\p{Ll}’'ʼ]*-\p{L}|\p{Lu}+-\p{Ll})/u.test(written)) return [written]
  if (language && readWord(written, language).isCommon) return [written]
  return written.split('-').filter((part) => part.length > 1)
}

/** Contractions, and words that abbreviate: they name nobody. */
const contraction = /^(?:I|\p{L}+)[’'ʼ](?:m|d|ll|ve|re|t|s)$/iu
const ordinary = new Set(
  'i mr mrs ms dr rev capt sgt lt gov sen rep gen col hon prof mt ave blvd dept inc ltd co corp st jr sr no vs etc ok am pm ad bc fc дж п пан ст ім р рр фк тов'.split(
    ' ',
  ),
)

/** `Mr`, `Inc.`, `ст.`: what abbreviates names nobody. */
export function isAbbreviation(written: string): boolean {
  return ordinary.has(written.toLowerCase().replace(/\.$/, ''))
}

function toKind(
  written: string,
  context: {
    isFirst: boolean
    isTitle: boolean
    isBeforeSaying: boolean
    language: DictionaryLanguage | undefined
  },
): FoundName['kind'] | undefined {
  const plain = withoutPlural(written.replace(/^\$/, ''))
  if (!/\p{Lu}/u.test(plain)) return undefined
  if (/^\$\p{L}/u.test(written)) return 'ticker'
  if (contraction.test(plain) || isAbbreviation(plain)) return undefined
  if (/^(?:No\.?)?\d/i.test(plain) || isDateWord(plain)) return undefined
  if (/\p{Lu}$/u.test(plain.slice(0, -1)) || /^\p{Lu}{2}/u.test(plain)) {
    const unit = readUnit(plain, 0)
    // SEC is the commission, sec. a second.
    const isUnit = unit?.end === plain.length && !coins.has(unit.unit)
    if (isUnit && !isKnownName(plain)) return undefined
  }
  if (/^(?:\p{Lu}\.)+\p{Lu}?\.?$/u.test(plain)) return plain.length > 2 ? 'acronym' : undefined
  if (/^\p{Lu}\p{Ll}?[\p{Lu}\p{N}&]{1,7}$/u.test(plain)) return toAcronymKind(plain)
  if (/\p{N}/u.test(plain)) return 'name'
  if (/\p{Ll}\p{Lu}/u.test(plain)) return 'name'
  if (!/^\p{Lu}/u.test(plain) || plain.length === 1) return undefined
  if (!context.language) return undefined
  const isForeign = /[\u0400-\u04FF]/u.test(plain) !== (context.language === 'uk')
  if (isForeign) return 'name'
  const reading = readWord(plain, context.language)
  const { isName } = reading
  const isCommon = reading.isCommon || (!isName && isDerived(plain, context.language))
  if (!context.isFirst && !context.isTitle) {
    if (!isCommon) return 'name'
    return isName && context.language === 'uk' && isSurname(plain) ? 'name' : 'plain'
  }
  if (!isCommon) return 'name'
  if (context.isTitle) return undefined
  // Surnames that are also a form of a word, and Mark said, where no article makes Mark a word.
  if (context.language === 'uk') return isName && isSurname(plain) ? 'name' : undefined
  if (!context.isBeforeSaying || /s$|one$|body$/.test(plain)) return undefined
  return isName ? 'name' : 'plain'
}

function isSurname(word: string): boolean {
  return /(?:енк(?:о|а|у|ом|ові|ів)|чук\p{L}{0,3})$/u.test(word)
}

const sayings =
  /^\s+(?:said|says|told|tells|confirmed|confirms|added|announced|wrote|argued|warned|noted|claimed|denied|explained|replied|insisted|predicted|acquired|launched|bought|sold)\b/

/** What either language gives a capital as part of the name of an office, a place or a day. */
export function isOffice(word: string): boolean {
  return offices.test(word.toLowerCase())
}

const offices =
  /^(?:president|(?:prime )?minist(?:er|ry)|prime|part(?:y|ies)|governments?|courts?|days?|weeks?|years?|(?:north|south)?(?:west|east)(?:ern)?|(?:north|south)(?:ern)?|central|left|right|wall|justice|departments?|banks?|states?|cit(?:y|ies)|universit(?:y|ies)|commission|committee|councils?|boards?|agenc(?:y|ies)|offices?|house|unions?|secretary|directors?|chairm[ae]n|governor|mayor|judge|senators?|professor|captain|general|sergeant|police|internet|church|islands?|rivers?|seas?|lakes?|oceans?|mountains?|valley|wars?|ages?|street|square|road|avenue|hospital|school|airport|station|beach|bay|park|bridge|hills?|mount|gulf|strait|desert|forest|canal|port|harbou?r|coast|county|province|region|district|village|town|capital|castle|palace|tower|temple|cathedral|museum|library|theat(?:er|re)|gallery|college|academy|institute|cent(?:er|re)|foundation|association|society|league|cup|games|festival|awards?|prize|conference|summit|forum|congress|senate|parliament|assembly|cabinet|chancellor|ambassador|minister|deputy|chief|officer|inspector|detective|colonel|major|lieutenant|admiral|bishop|pope|reverend|doctor|nurse|miss|mister|madam|uncle|aunt|brother|sister|grandma|grandpa|granny|mum|mom|mummy|dad|daddy|baby|son|daughter|media|press|news|times|post|daily|group|company|holdings?|limited|capital|partners|research|network|exchange|market|fund|trust|treasury|reserve|authority|administration|bureau|institution|movement|front|alliance|coalition|freedom|liberty|republic|kingdom|empire|federation|people|nation|democracy|plan|project|program(?:me)?|operation|mission|treaty|agreement|pact|accord|protocol|charter|declaration|convention|strategy|policy|bill|rule|order|amendment|act|title|article|section|chapter|law|code|constitution|embassy|army|navy|force|forces|guard|service|security|national|federal|international|royal|supreme|high|new|old|great|first|second|third|world|earth|sun|moon|god|king|queen|prince|princess|sir|lord|lady|father|mother|saint|in|it|us|may|will|so|no|an|or|as|захід|схід|північ|південь|рада|союз|земля|сонце|місяць|день|рік|дім|суд|банк|велик\p{L}*|нов\p{L}*|біл\p{L}*|чорн\p{L}*|перш\p{L}*|шкіл\p{L}*|зімові|центр\p{L}*)$/u

/**
 * Words that no dictionary lists and whose parts it has: stakers and rollups, British spellings of American
 * words, Ukrainian participles and words with a prefix.
 */
function isDerived(word: string, language: DictionaryLanguage): boolean {
  const lower = word.toLowerCase()
  const isKnown = (one: string) => readWord(one, language).isCommon
  if (language === 'uk') {
    const participle =
      /^(\p{L}{3,}?)(?:уч|юч|ач|яч)(?:ий|а|е|і|ого|ої|ому|ій|у|им|ою|их|ими)$/u.exec(lower)
    if (participle) return true
    const rest =
      /^(?:не|пере|недо|най|спів|анти|супер|мікро|кібер|крипто|авто|відео|аудіо|теле|радіо|мега|псевдо|екс|віце|прес|про|контр|євро|нейро|еко|біо|гео|мульти|міні|онлайн|інтернет|спец|держ|пів|само|між|поза|понад|мало|багато|ново|високо|низько|одно|дво|три)-?(\p{L}{4,})$/u.exec(
        lower,
      )?.[1]
    return rest !== undefined && isKnown(rest)
  }
  const stem = /^(\p{L}{3,}?)(?:e?rs?|ings?|ed|less|ness|ize[ds]?)$/u.exec(lower)?.[1]
  if (stem !== undefined && [stem, `${stem}e`, stem.slice(0, -1)].some(isKnown)) return true
  const american = lower
    .replace(/our(?=$|s$|ed$|ing|ite|able|ful|hood|er)/u, 'or')
    .replace(/is(?=(?:e[ds]?|ing|ation|ations|er|ers)$)/u, 'iz')
    .replace(/ys(?=(?:e[ds]?|ing)$)/u, 'yz')
    .replace(/tre(?=s?$)/u, 'ter')
    .replace(/ll(?=(?:ed|ing|er|ers)$)/u, 'l')
    .replace(/ogue(?=s?$)/u, 'og')
    .replace(/ae/u, 'e')
    .replace(/ence(?=s?$)/u, 'ense')
    .replace(/mme(?=s?$)/u, 'm')
  if (american !== lower && isKnown(american)) return true
  const rest =
    /^(?:un|non|re|pre|anti|co|mis|over|under|sub|multi|inter|pro|ex|semi|cyber|crypto|micro|super|self|pan|mid)-?(\p{L}{4,})$/u.exec(
      lower,
    )?.[1]
  return rest !== undefined && isKnown(rest)
}

/** Units, Roman numerals and words that are written in capitals for weight. */
function toAcronymKind(plain: string): FoundName['kind'] | undefined {
  if (/^(?:[IVXLCDM]+|[ІХVXLCDMМС]+|AM|PM|OK|OR|AND|NOT|NO|МВт|ГБ|TV|PC)$/u.test(plain))
    return undefined
  return 'acronym'
}

/** In characters: what stands before a word as far as it decides whether a sentence begins there. */
const lookBack = 40

/** Whether a sentence, a quotation or a line of a text begins at a place, or would after a colon or dash. */
export function isStart(text: string, at: number): boolean {
  const from = Math.max(0, at - lookBack)
  const line = text.slice(from, at)
  const newline = line.lastIndexOf('\n')
  const before = line.slice(newline + 1)
  const isLineStart = from === 0 || newline !== -1
  return (
    (isLineStart && !/[\p{L}\p{N}]/u.test(before)) ||
    // An initial and U.S. end no sentence.
    /(?:(?<!(?:^|\P{L})\p{Lu})[.!?…:;][\]"”»’)]*[\s ]+|[\s ][-–—•*][\s ]+)["“«(„‘'[]*$|["“«(„‘[]\s*$/u.test(
      before,
    )
  )
}

/**
 * Most of the longer words have a capital, there are enough of them to tell, and it is no sentence: a
 * sentence full of names is no headline.
 */
function isTitleCase(line: string): boolean {
  if (/[.!;]["”»’)\]]*\s*$/u.test(line)) return false
  const words = line.match(/\p{L}[\p{L}\p{M}’'-]{3,}/gu) ?? []
  const capitals = words.filter((one) => /^\p{Lu}/u.test(one))
  return words.length >= 4 && capitals.length / words.length > 0.7
}
