import { expect, it } from 'vitest'
import { describeChart } from './describe-chart.ts'

const seriesOf = (...numbers: number[]) => ({
  title: 'Flow, $ million',
  source: undefined,
  values: numbers.map((value, at) => ({ label: `day ${at + 1}`, value })),
})

it('names all values of a short chart, in the numbers of the language', () => {
  expect(describeChart('en', seriesOf(12, -1318.5))).toBe(
    'Flow, $ million. day 1: 12; day 2: -1,318.5',
  )
  expect(describeChart('uk', seriesOf(12, 1318.5))).toContain('day 2: 1\u00a0318,5')
})

it('names the ends and the extremes of a long one, each once', () => {
  const long = seriesOf(5, 6, 7, 99, 6, 5, 4, 3, 1, 3, 4, 5, 6, 7)
  expect(describeChart('en', long)).toBe(
    'Flow, $ million. day 1: 5; day 4: 99; day 9: 1; day 14: 7',
  )
})
