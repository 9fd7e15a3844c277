import type { EventFeatures, Weights } from './event-features.ts'

/**
 * How much two stories seem to tell of one event, 0 to 1: the cosine of their weighted words, less
 * where their headlines name different parties or different amounts, nothing where one says the
 * contrary of the other. Measured on the labelled pairs beside (`same-event.test.ts`).
 */
export function toEventSimilarity(a: EventFeatures, b: EventFeatures): number {
  if (areContrary(a.turns, b.turns)) return 0
  const isSameLanguage = a.language === b.language
  const ours = isSameLanguage ? a.own : a.common
  const theirs = isSameLanguage ? b.own : b.common
  const doubts = [
    isSameLanguage && areApart(a.titleNames, theirs, b.titleNames, ours) ? 0.5 : 1,
    isSameLanguage && haveOtherActors(a, theirs, b, ours) ? 0.5 : 1,
    isSameLanguage && areApart(a.titleActions, theirs, b.titleActions, ours) ? 0.7 : 1,
    areDisjoint(a.titleCoins, b.titleCoins) ? 0.5 : 1,
    areApart(a.titleNumbers, theirs, b.titleNumbers, ours) ? 0.6 : 1,
    areDisjoint(a.numbers, b.numbers) ? 0.8 : 1,
  ]
  return doubts.reduce((similarity, doubt) => similarity * doubt, toCosine(ours, theirs))
}

function toCosine(a: Weights, b: Weights): number {
  const [few, many] = a.words.size < b.words.size ? [a.words, b.words] : [b.words, a.words]
  let shared = 0
  for (const [word, weight] of few) shared += weight * (many.get(word) ?? 0)
  return shared / (a.norm * b.norm || 1)
}

const contrary: [string, string][] = [
  ['approve', 'reject'],
  ['up', 'down'],
  ['start', 'stop'],
  ['buy', 'sell'],
  ['in', 'out'],
]

function areContrary(a: Set<string>, b: Set<string>): boolean {
  return contrary.some(([one, other]) => {
    const isOne = (turns: Set<string>) => turns.has(one) && !turns.has(other)
    const isOther = (turns: Set<string>) => turns.has(other) && !turns.has(one)
    return (isOne(a) && isOther(b)) || (isOther(a) && isOne(b))
  })
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

function areDisjoint(a: Set<string>, b: Set<string>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((word) => b.has(word))
}
