import { globSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
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

/** The classes that begin a selector: what the style sheet is for. */
const classesOf = (css: string) =>
  new Set(Array.from(css.matchAll(/^\s*\.([a-z][\w-]*)[^;]*[,{]$/gm), ([, name]) => name ?? ''))

it('a component that names a class imports the style sheet that defines it', () => {
  const read = (file: string) => readFileSync(resolve(root, file), 'utf8')
  const everywhere = Array.from(
    read('app/globals.css').matchAll(/@import '\.\.\/(components[^']+)'/g),
    ([, file]) => file ?? '',
  )
  const onEveryPage = new Set(everywhere.flatMap((file) => [...classesOf(read(file))]))
  const sheets = globSync('components/**/*.css', { cwd: root, exclude: ['components/desk/**'] })
  const components = globSync('{app,components}/**/*.tsx', { cwd: root }).map((file) => {
    const text = read(file)
    const named = Array.from(text.matchAll(/className=(?:"([^"]*)"|\{([^}]*)\})/g), (found) =>
      (found[1] ?? found[2] ?? '').split(/[^\w-]+/),
    )
    return { file, text, classes: new Set(named.flat()) }
  })
  const findings = sheets
    .filter((sheet) => !everywhere.includes(sheet))
    .flatMap((sheet) => {
      const own = [...classesOf(read(sheet))].filter((name) => !onEveryPage.has(name))
      expect(own).not.toEqual([])
      const imported = `/${basename(sheet)}'`
      return components
        .filter(
          ({ text, classes }) => own.some((name) => classes.has(name)) && !text.includes(imported),
        )
        .map(({ file }) => `${file} needs ${sheet}`)
    })
  expect(findings).toEqual([])
})
