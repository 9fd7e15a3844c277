import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** A copy of the sources that speak to readers, with what it needs to run and to be type-checked. */
function copySources(): string {
  const copy = mkdtempSync(join(tmpdir(), 'third-language-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  for (const room of ['lib', 'components']) {
    cpSync(join(root, room), join(copy, room), {
      recursive: true,
      filter: (path) => !/\.(?:test|contract)\.tsx?$/.test(path),
    })
  }
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(root, file), join(copy, file))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

function replace(file: string, changes: Record<string, string>): void {
  let text = readFileSync(file, 'utf8')
  for (const [from, to] of Object.entries(changes)) {
    expect(text).toContain(from)
    text = text.replace(from, to)
  }
  writeFileSync(file, text)
}

it('takes a third language for a dictionary and its name in two lists', {
  timeout: 240_000,
}, () => {
  const copy = copySources()
  const dictionary = join(copy, 'lib/i18n/messages/pl.ts')
  cpSync(join(copy, 'lib/i18n/messages/uk.ts'), dictionary)
  replace(dictionary, { 'const uk': 'const pl', Українська: 'Polski', "'uk-UA'": "'pl-PL'" })
  replace(join(copy, 'lib/i18n/messages.ts'), {
    '{ en, uk }': '{ en, uk, pl }',
    "import { uk } from './messages/uk.ts'":
      "import { pl } from './messages/pl.ts'\nimport { uk } from './messages/uk.ts'",
  })
  replace(join(copy, 'lib/site/locales.ts'), { "['en', 'uk']": "['en', 'uk', 'pl']" })

  const compiler = join(root, 'node_modules/.bin/tsc')
  const errors = (() => {
    try {
      return execFileSync(compiler, ['--noEmit', '-p', copy], { cwd: copy, encoding: 'utf8' })
    } catch (error) {
      return String(error instanceof Error && 'stdout' in error ? error.stdout : error)
    }
  })()
  expect(errors).toBe('')

  const program = `
    import { formatDate, formatLanguage } from '#lib/i18n/format.ts'
    import { messagesFor } from '#lib/i18n/messages.ts'
    import { parsePath, routePath } from '#lib/site/routes.ts'
    const route = parsePath('/pl/archive/2026/07')
    console.log(JSON.stringify([
      messagesFor('pl').languageName,
      formatDate('pl', '2026-10-31T12:00:00.000Z'),
      formatLanguage('pl', 'en'),
      route.locale,
      routePath(route),
    ]))`
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: copy,
    encoding: 'utf8',
  })
  expect(JSON.parse(answer)).toEqual([
    'Polski',
    '31 października 2026',
    'angielski',
    'pl',
    '/pl/archive/2026/07',
  ])
})
