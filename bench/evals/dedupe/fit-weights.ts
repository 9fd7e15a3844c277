/**
 * Fits the weights of `event-similarity.ts` to the labelled pairs that are not held out, by logistic
 * regression: `node bench/evals/dedupe/fit-weights.ts` prints them, and what precision and recall are at
 * several thresholds when each fifth of the events is judged by weights of the other four.
 */
import { toEventFeatures } from '#lib/ingest/dedupe/event-features.ts'
import { type Evidence, findEvidence } from '#lib/ingest/dedupe/event-similarity.ts'
import { readPairs } from './measure-same-event.ts'

const steps = 4000
const stepSize = 1
/** Keeps weights small for which there are few pairs. */
const shrinkage = 0.002
/** To join two events is worse than to miss that they are one. */
const lossOfDifferent = 2
const foldCount = 5

type Judged = { isSame: boolean; event: number; evidence: number[] | undefined }

const names: (keyof Evidence)[] = []
const pairs = ['./events.txt', './second-events.txt', './third-events.txt']
  .flatMap(readPairs)
  .map((pair): Judged => {
    const evidence = findEvidence(toEventFeatures(pair.a), toEventFeatures(pair.b))
    if (evidence && names.length === 0) names.push(...(Object.keys(evidence) as (keyof Evidence)[]))
    const { isSame, event } = pair
    return { isSame, event, evidence: evidence && [1, ...names.map((name) => evidence[name])] }
  })

const toProbability = (weights: number[], evidence: number[] | undefined): number =>
  evidence ? 1 / (1 + Math.exp(-evidence.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0))) : 0

function fitWeights(all: Judged[]): number[] {
  const some = all.filter(({ evidence }) => evidence)
  let weights: number[] = Array(names.length + 1).fill(0)
  for (let step = 0; step < steps; step += 1) {
    const slopes: number[] = Array(weights.length).fill(0)
    for (const { isSame, evidence = [] } of some) {
      const error = toProbability(weights, evidence) - Number(isSame)
      const loss = isSame ? 1 : lossOfDifferent
      for (const [i, x] of evidence.entries()) slopes[i] = (slopes[i] ?? 0) + error * loss * x
    }
    weights = weights.map(
      (weight, i) =>
        weight - stepSize * ((slopes[i] ?? 0) / some.length + (i > 0 ? shrinkage * weight : 0)),
    )
  }
  return weights
}

const judged = Array.from({ length: foldCount }, (_, fold) => {
  const weights = fitWeights(pairs.filter(({ event }) => event % foldCount !== fold))
  return pairs
    .filter(({ event }) => event % foldCount === fold)
    .map(({ isSame, evidence }) => ({ isSame, probability: toProbability(weights, evidence) }))
}).flat()

for (const [i, weight] of fitWeights(pairs).entries()) {
  console.log((names[i - 1] ?? 'bias').padEnd(16), weight.toFixed(1))
}
for (const threshold of [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9]) {
  const joined = judged.filter(({ probability }) => probability >= threshold)
  const right = joined.filter(({ isSame }) => isSame).length
  const same = judged.filter(({ isSame }) => isSame).length
  const figures = [right / joined.length, right / same].map((share) => share.toFixed(3))
  console.log(`at ${threshold}: precision ${figures[0]}, recall ${figures[1]}`)
}
