import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { listIngestSettings, parseIngestEnv } from '#lib/ingest/settings/ingest-env.ts'
import { listSiteSettings, parseSiteEnv } from '#lib/site/env.ts'
import { listManuals } from './settings-manual.ts'

describe('the manuals of the settings', () => {
  it.each(['.env.example', 'docs/run-it.md', 'docs/make-it-yours.md'])(
    '%s says what the schemas say (npm run settings:write)',
    async (path) => {
      expect(await readFile(path, 'utf8')).toBe((await listManuals())[path])
    },
  )

  it('name every setting of the site and of ingest, with its default', async () => {
    const example = await readFile('.env.example', 'utf8')
    const manual = await readFile('docs/run-it.md', 'utf8')
    for (const { name, default: value } of [...listSiteSettings(), ...listIngestSettings()]) {
      expect(example).toContain(`\n#${name}=${value ?? ''}\n`)
      expect(manual).toContain(`| \`${name}\` | ${value === undefined ? 'none' : `\`${value}\``} |`)
    }
  })

  it('name every setting of site.config.ts, nested ones by their path', async () => {
    const manual = await readFile('docs/make-it-yours.md', 'utf8')
    for (const path of [
      'name',
      'sections[].inMenu',
      'theme.dark.ink',
      'publisher.contacts.security',
    ]) {
      expect(manual).toContain(`\n| \`${path}\` | `)
    }
    expect(manual).toContain('\n| `name` | yes | What the publication is called')
  })

  it('show defaults that mean the same as no variable', async () => {
    const example = await readFile('.env.example', 'utf8')
    const uncommented = parseEnv(example.replaceAll(/^#(?=[A-Z_]+=)/gm, ''))
    expect(parseSiteEnv(uncommented)).toEqual(parseSiteEnv({}))
    expect(parseIngestEnv(uncommented)).toEqual(parseIngestEnv({}))
  })
})
