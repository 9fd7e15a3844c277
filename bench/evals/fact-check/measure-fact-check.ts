import '#lib/site/load-site.ts'
import { findMissingFacts } from '#lib/ingest/fact-check/find-missing-facts.ts'
import { toSourceFacts } from '#lib/ingest/fact-check/source-facts.ts'
import { englishCases } from './english-cases.ts'
import { heldOutCases, heldOutTranslations } from './held-out-cases.ts'
import type { LabelledCase } from './labelled-case.ts'
import { translationCases } from './translation-cases.ts'
import { ukrainianCases } from './ukrainian-cases.ts'

export type FactCheckFigures = {
  name: string
  textCount: number
  inventedCount: number
  /** Of the facts it objects to, how many are invented. */
  precision: number
  /** Of the invented facts, how many it objects to. */
  recall: number
  /** Honest texts that would needlessly be sent back. */
  textsWronglyStopped: number
  /** Texts with something invented that would be printed. */
  textsWronglyPassed: number
  mistakes: string[]
}

const sets: { name: string; cases: LabelledCase[]; isTranslation: boolean }[] = [
  { name: 'English', cases: englishCases, isTranslation: false },
  { name: 'Ukrainian', cases: ukrainianCases, isTranslation: false },
  { name: 'translations', cases: translationCases, isTranslation: true },
  { name: 'English, held out', cases: heldOutCases, isTranslation: false },
  { name: 'translations, held out', cases: heldOutTranslations, isTranslation: true },
]

/** How well the fact guard does on the labelled texts, by kind and in all. */
export function measureFactCheck(): FactCheckFigures[] {
  const judged = sets.map(({ name, cases, isTranslation }) => ({
    name,
    cases: cases.map(({ story, text, invented }) => {
      const found = findMissingFacts(text, toSourceFacts(story), { isTranslation }).map(
        (fact) => fact.text,
      )
      return {
        invented,
        missed: invented.filter((fact) => !found.some((one) => isSameFact(one, fact))),
        right: found.filter((one) => invented.some((fact) => isSameFact(one, fact))),
        wrong: found.filter((one) => !invented.some((fact) => isSameFact(one, fact))),
      }
    }),
  }))
  const all = { name: 'all', cases: judged.flatMap(({ cases }) => cases) }
  return [...judged, all].map(({ name, cases }) => {
    const count = (of: (one: (typeof cases)[number]) => number) =>
      cases.reduce((sum, one) => sum + of(one), 0)
    const right = count((one) => one.right.length)
    const invented = count((one) => one.invented.length)
    return {
      name,
      textCount: cases.length,
      inventedCount: invented,
      precision: right / (right + count((one) => one.wrong.length)),
      recall: 1 - count((one) => one.missed.length) / invented,
      textsWronglyStopped: cases.filter((one) => one.invented.length === 0 && one.wrong.length > 0)
        .length,
      textsWronglyPassed: cases.filter(
        (one) => one.invented.length > 0 && one.right.length + one.wrong.length === 0,
      ).length,
      mistakes: cases.flatMap((one) => [
        ...one.missed.map((fact) => `passed: ${fact}`),
        ...one.wrong.map((fact) => `wrongly stopped: ${fact}`),
      ]),
    }
  })
}

/** The label and the finding may differ by punctuation, case and a unit beside. */
function isSameFact(found: string, label: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}%$€.]+/gu, ' ')
      .trim()
  return plain(found) === plain(label)
}
