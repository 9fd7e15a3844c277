import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { ChartCover } from './chart-cover.tsx'

const render = (numbers: number[], isLabelled = true) =>
  renderToStaticMarkup(
    <ChartCover
      locale="en"
      chart={{
        title: "The fund's flow",
        values: numbers.map((value, at) => ({ label: `day ${at + 1}`, value })),
        source: undefined,
      }}
      isLabelled={isLabelled}
      isDecoration={!isLabelled}
      aspectRatio="3/2"
    />,
  )

it('draws bars from zero, also below it, and lets the last one stand out', () => {
  const html = render([10, -10, 5])
  expect(html).toContain('d="M5,50V0h23.3V50zM38.3,50V100h23.3V50z"')
  expect(html).toContain('class="chart-peak" d="M71.7,50V25h23.3V50z"')
  expect(html).toContain('aria-label="The fund&#x27;s flow. day 1: 10; day 2: -10; day 3: 5"')
  expect(html).toContain('>The fund’s flow</b>')
})

it('draws many values as a line between the lowest and the highest', () => {
  const html = render(Array.from({ length: 13 }, (_, at) => 100 + at))
  expect(html).toMatch(/chart-course" d="M0,100L8\.3,91\.7L.*100,0"/)
  expect(render(Array.from({ length: 13 }, () => 7))).toContain('M0,50L')
})

it('has no words in a small place', () => {
  const html = render([1, 2], false)
  expect(html).toContain('aria-hidden="true"')
  expect(html).not.toMatch(/day|flow/)
})
