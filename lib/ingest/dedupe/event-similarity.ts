import type { EventFeatures, Weights } from './event-features.ts'
import { areContrary, areUnlike } from './event-state.ts'

/**
 * How similar the events of two stories are, 0 to 1: the cosine of their weighted words, reduced where
 * their headlines name different parties or amounts. 0 where one contradicts the other: another outcome
 * or step, another amount, party, asset or month, or a headline that a series repeats. To join two events
 * loses one of them; to miss that they are one costs a reader a glance. Measured on the labelled pairs in
 * `bench/evals/dedupe`.
 */
export function toEventSimilarity(a: EventFeatures, b: EventFeatures): number {
  if (a.state.isSerial || b.state.isSerial) return isSameText(a, b) ? 1 : 0
  if (areContrary(a.state, b.state) || areOfOtherThings(a, b)) return 0
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
  const lacks = (some: Set<unknown>, all: Set<unknown>) => [...some].some((one) => !all.has(one))
  if (lacks(a.titleParties, b.parties) && lacks(b.titleParties, a.parties)) return true
  if (lacks(a.titleTickers, b.tickers) && lacks(b.titleTickers, a.tickers)) return true
  if (areDisjoint(a.titleMonths, b.titleMonths)) return true
  return (
    a.titleNumbers.size > 0 &&
    b.titleNumbers.size > 0 &&
    !haveNear(a.titleNumbers, b.numbers) &&
    !haveNear(b.titleNumbers, a.numbers)
  )
}

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
