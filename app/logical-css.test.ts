import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Sides that stay where they are when a page is set from right to left. */
const physical =
  /(?:^|[\s;{])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b|(?:left|right)\s*:|(?:float|clear|text-align)\s*:\s*(?:left|right)\b)/

it('styles name sides by the direction of the text', () => {
  const files = globSync('{app,components}/**/*.css', { cwd: root })
  expect(files.length).toBeGreaterThan(10)
  const findings = files.flatMap((file) =>
    readFileSync(resolve(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => (physical.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
  )
  expect(findings).toEqual([])
})

it.each(['  margin-left: 1rem;', 'a { left: 0 }', '  text-align: right;'])('finds %s', (line) => {
  expect(line).toMatch(physical)
})
