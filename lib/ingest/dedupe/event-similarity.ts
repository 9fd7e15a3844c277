import type { EventFeatures, Weights } from './event-features.ts'
import { areContrary, areUnlike, type EventState } from './event-state.ts'

/**
 * What speaks for and against two stories being of one event. Each is 0 to 1; `toEventSimilarity` weighs
 * them.
 */
export type Evidence = {
  /** The cosine of their weighted words, reduced where their headlines name different things. */
  likeness: number
  /** How much of one headline, by weight, stands in the other story: of the one that has more. */
  coverage: number
  /** Headlines whose action stands in the other story: one is a half, both are 1. */
  sharedAction: number
  /** Headlines that say something first which the other story does not say: one is a half, both are 1. */
  missingMainAction: number
  /** What the headlines say to have happened, and the other story does not say. */
  missingActions: number
  /** Amounts that both have: one is a half, two and more are 1. */
  sharedAmounts: number
  /** Names that both have, of four. */
  sharedNames: number
  /** Names of the headlines that the other story lacks. */
  missingNames: number
  /** Headlines that name a party or an asset that the other story lacks: one is a half, both are 1. */
  missingParties: number
  /** Headlines with amounts of which the other story has none: one is a half, both are 1. */
  missingAmounts: number
}

/** Fitted to the labelled pairs that are not held out, by `bench/evals/dedupe/fit-weights.ts`. */
const weights: Record<keyof Evidence, number> = {
  likeness: 3.4,
  coverage: 0.8,
  sharedAction: 2,
  missingMainAction: -1.1,
  missingActions: -1.4,
  sharedAmounts: 3.7,
  sharedNames: 2.5,
  missingNames: -1.1,
  missingParties: -1.4,
  missingAmounts: -3.3,
}
const bias = -3.2

/** How much of a headline has to stand in the other story where none of its actions does. */
const coveredEnough = 0.6

/**
 * How sure it is that two stories are about one event, 0 to 1. 0 without evidence for it: an action of
 * each headline, or most of its words, has to stand in the other story. 0 also where one contradicts the
 * other: another outcome or step, another amount, party, asset, place or month, or a headline that a series
 * repeats. To join two events loses one of them; to miss that they are one costs a reader a glance.
 * Measured on the labelled pairs in `bench/evals/dedupe`.
 */
export function toEventSimilarity(a: EventFeatures, b: EventFeatures): number {
  if (a.state.isSerial || b.state.isSerial) return isSameText(a, b) ? 1 : 0
  const evidence = findEvidence(a, b)
  if (!evidence || lacksCoreFact(evidence)) return 0
  let sum = bias
  for (const [name, weight] of Object.entries(weights)) {
    sum += weight * evidence[name as keyof Evidence]
  }
  return 1 / (1 + Math.exp(-sum))
}

/** The largest share of the names of a headline that the other story may do without. */
const mostMissingNames = 0.25

/**
 * What happened first of all, who did it and how much of it: where one headline says it and the other
 * story does not, they may be two events, however alike the rest is. The weights of many small signs do
 * not outweigh that: on stories that nobody had tuned them on they joined events that differed in one fact.
 * Two things do: nearly all words in common with an action of each headline in the other story, where
 * names or an amount agree as well, and two amounts in common, which name an event better than who is
 * named for it (Strategy, or its Saylor).
 */
function lacksCoreFact(evidence: Evidence): boolean {
  const isRetold =
    evidence.likeness >= 0.7 && evidence.coverage >= 0.8 && evidence.sharedAction === 1
  const haveTwoAmounts = evidence.sharedAmounts === 1
  const hasOtherNames = evidence.missingParties > 0 || evidence.missingNames > mostMissingNames
  const isWellNamed =
    evidence.missingMainAction < 1 && (evidence.sharedAmounts > 0 || evidence.sharedNames > 0.5)
  const isNamed = evidence.sharedAmounts > 0 || evidence.sharedNames > 0.25
  return (
    (evidence.missingMainAction > 0 && !(isRetold && isWellNamed)) ||
    (evidence.missingAmounts > 0 && !(haveTwoAmounts && evidence.missingAmounts < 1)) ||
    (hasOtherNames && !haveTwoAmounts) ||
    (!isNamed && !(isRetold && evidence.sharedNames > 0))
  )
}

/** How much of two stories' words is the same, 0 to 1; 0 where one contradicts the other. */
export function toTextSimilarity(a: EventFeatures, b: EventFeatures): number {
  if (a.state.isSerial || b.state.isSerial) return isSameText(a, b) ? 1 : 0
  return areContrary(a.state, b.state) || areOfOtherThings(a, b) ? 0 : toLikeness(a, b)
}

/**
 * Undefined for a series, where one story contradicts the other, and where nothing shows that the same
 * happened.
 */
export function findEvidence(a: EventFeatures, b: EventFeatures): Evidence | undefined {
  if (a.state.isSerial || b.state.isSerial) return undefined
  if (areContrary(a.state, b.state) || areOfOtherThings(a, b)) return undefined
  const kind = a.language === b.language ? 'sameLanguage' : 'crossLanguage'
  const coverages = [
    toCoverage(a.titleWords[kind], b[kind].words),
    toCoverage(b.titleWords[kind], a[kind].words),
  ]
  const actionCount = Number(isActionIn(a.state, b.state)) + Number(isActionIn(b.state, a.state))
  const [ofA = 0, ofB = 0] = coverages
  const isBackedBy = (one: EventFeatures, coverage: number, other: EventFeatures) =>
    coverage >= coveredEnough || isActionIn(one.state, other.state)
  if (!isBackedBy(a, ofA, b) || !isBackedBy(b, ofB, a)) return undefined
  const amounts = [...a.newAmounts].filter((amount) => haveNear(new Set([amount]), b.newAmounts))
  const names = new Set([...listNamesOf(a, b), ...listNamesOf(b, a)])
  const half = (isSo: boolean) => (isSo ? 0.5 : 0)
  return {
    likeness: toLikeness(a, b),
    coverage: Math.max(...coverages),
    sharedAction: actionCount / 2,
    missingMainAction:
      half(lacksAll(a.state.mainActions, b.state.statements)) +
      half(lacksAll(b.state.mainActions, a.state.statements)),
    missingActions:
      (toMissing(a.state.actions, b.state.statements) +
        toMissing(b.state.actions, a.state.statements)) /
      2,
    sharedAmounts: Math.min(2, amounts.length) / 2,
    sharedNames: Math.min(4, names.size) / 4,
    missingNames:
      (toMissing(a.titleSounds, b.possibleNames) + toMissing(b.titleSounds, a.possibleNames)) / 2,
    missingParties:
      half(lacksSome(a.titleParties, b.parties)) + half(lacksSome(b.titleParties, a.parties)),
    missingAmounts: half(lacksAmount(a, b)) + half(lacksAmount(b, a)),
  }
}

/** The names of a story that another has, if only where every word has a capital. */
const listNamesOf = (a: EventFeatures, b: EventFeatures) =>
  [...a.crossLanguage.words.keys()].filter(
    (word) => word.startsWith('~') && b.possibleNames.has(word),
  )

const isActionIn = ({ actions }: EventState, { statements }: EventState) =>
  [...actions].some((action) => statements.has(action))

/** The share of some that is not among all, 0 to 1. */
function toMissing(some: Set<string>, all: { has(one: string): boolean }): number {
  const missing = [...some].filter((one) => !all.has(one))
  return some.size === 0 ? 0 : missing.length / some.size
}

function toCoverage(title: Map<string, number>, words: Map<string, number>): number {
  let all = 0
  let covered = 0
  for (const [word, weight] of title) {
    all += weight
    if (words.has(word)) covered += weight
  }
  return all === 0 ? 0 : covered / all
}

/** The cosine of their words, reduced where their headlines name different parties or amounts. */
function toLikeness(a: EventFeatures, b: EventFeatures): number {
  const isSameLanguage = a.language === b.language
  const ours = isSameLanguage ? a.sameLanguage : a.crossLanguage
  const theirs = isSameLanguage ? b.sameLanguage : b.crossLanguage
  const doubts = [
    isSameLanguage && areApart(a.titleNames, theirs, b.titleNames, ours) ? 0.5 : 1,
    isSameLanguage && haveOtherActors(a, theirs, b, ours) ? 0.5 : 1,
    isSameLanguage && areApart(a.titleActions, theirs, b.titleActions, ours) ? 0.7 : 1,
    isSameLanguage && areApart(a.titleTopics, theirs, b.titleTopics, ours) ? 0.8 : 1,
    !isSameLanguage && areApart(a.titleSounds, theirs, b.titleSounds, ours) ? 0.5 : 1,
    !isSameLanguage && areApart(a.titleEvents, theirs, b.titleEvents, ours) ? 0.6 : 1,
    areDisjoint(a.titleCoins, b.titleCoins) ? 0.5 : 1,
    a.numbers.size > 0 && b.numbers.size > 0 && !haveNear(a.numbers, b.numbers) ? 0.8 : 1,
    areUnlike(a.state, b.state) ? 0.6 : 1,
    lacksAmount(a, b) || lacksAmount(b, a) ? 0.7 : 1,
  ]
  return doubts.reduce((similarity, doubt) => similarity * doubt, toCosine(ours, theirs))
}

const isSameText = (a: EventFeatures, b: EventFeatures) =>
  a.leadText.length > 40 && a.leadText === b.leadText

/** Each headline has something of a kind that the other story does not have at all. */
function areOfOtherThings(a: EventFeatures, b: EventFeatures): boolean {
  if (lacksSome(a.titleParties, b.parties) && lacksSome(b.titleParties, a.parties)) return true
  if (lacksSome(a.titleTickers, b.tickers) && lacksSome(b.titleTickers, a.tickers)) return true
  if (lacksAll(a.titlePlaces, b.places) && lacksAll(b.titlePlaces, a.places)) return true
  if (areDisjoint(a.titleMonths, b.titleMonths) || areDisjoint(a.titleDays, b.titleDays))
    return true
  // $27M and $36M are two events, whatever other numbers the headlines share.
  for (const [unit, ours] of a.titleAmounts) {
    const theirs = b.titleAmounts.get(unit)
    const isIn = (some: Set<number>, one: EventFeatures) =>
      haveNear(some, one.amounts.get(unit) ?? new Set())
    if (theirs && !isIn(ours, b) && !isIn(theirs, a)) return true
  }
  return (
    a.titleNumbers.size > 0 &&
    b.titleNumbers.size > 0 &&
    !haveNear(a.titleNumbers, b.numbers) &&
    !haveNear(b.titleNumbers, a.numbers)
  )
}

const lacksSome = (some: Set<string>, all: Set<string>) => [...some].some((one) => !all.has(one))

const lacksAll = (some: Set<string>, all: Set<string>) =>
  some.size > 0 && [...some].every((one) => !all.has(one))

/** The headline has amounts, and none of them stands in the other story. */
const lacksAmount = (a: EventFeatures, b: EventFeatures) =>
  a.titleNumbers.size > 0 && !haveNear(a.titleNumbers, b.numbers)

/** What rounding may take of an amount. */
const rounding = 0.02

const haveNear = (some: Set<number>, others: Set<number>) =>
  [...some].some((one) =>
    [...others].some((other) => Math.abs(one - other) <= rounding * Math.max(one, other)),
  )

function toCosine(a: Weights, b: Weights): number {
  const [few, many] = a.words.size < b.words.size ? [a.words, b.words] : [b.words, a.words]
  let shared = 0
  for (const [word, weight] of few) shared += weight * (many.get(word) ?? 0)
  return shared / (a.norm * b.norm || 1)
}

/** Both headlines have some, and neither has any that stands in the other story. */
function areApart(ours: Set<string>, inTheirs: Weights, theirs: Set<string>, inOurs: Weights) {
  if (ours.size === 0 || theirs.size === 0) return false
  const isShared = (some: Set<string>, { words }: Weights) =>
    [...some].some((word) => words.has(word))
  return !isShared(ours, inTheirs) && !isShared(theirs, inOurs)
}

/** Each headline begins with somebody who does not occur in the other story. */
function haveOtherActors(
  a: EventFeatures,
  inTheirs: Weights,
  b: EventFeatures,
  inOurs: Weights,
): boolean {
  if (a.actor === undefined || b.actor === undefined) return false
  return !inTheirs.words.has(a.actor) && !inOurs.words.has(b.actor)
}

function areDisjoint<Value>(a: Set<Value>, b: Set<Value>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((word) => b.has(word))
}
