import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Report } from '#cli/command.ts'
import { listIngestSettings } from '#lib/ingest/settings/ingest-env.ts'
import { listSiteSettings } from '#lib/site/env.ts'
import type { Setting } from '#lib/site/parse-settings.ts'
import { listSiteConfigSettings, type SiteSetting } from '#lib/site/site-config.ts'

const root = resolve(import.meta.dirname, '..')

/** The documents that name every setting, as they should be: by path from the project's root. */
export async function listManuals(): Promise<Record<string, string>> {
  const environment = `${toTable('site', listSiteSettings())}\n\n${toTable('ingest', listIngestSettings())}`
  return {
    '.env.example': toEnvExample(),
    'docs/run-it.md': await replaceTable('docs/run-it.md', environment),
    'docs/make-it-yours.md': await replaceTable(
      'docs/make-it-yours.md',
      toSiteConfigTable(listSiteConfigSettings()),
    ),
  }
}

/** `dateline settings:write`: writes them. */
export async function writeManuals(): Promise<Report> {
  const manuals = Object.entries(await listManuals())
  for (const [path, text] of manuals) await writeFile(resolve(root, path), text)
  const files = manuals.map(([path]) => path)
  return { text: `Written: ${files.join(', ')}`, json: { files } }
}

const introduction = `# Settings of Dateline. Copy this file to .env and set what you need; remove the # before the name.
#
# Every command reads .env. Variables of the process win over it, even empty ones, then
# .env.production.local, .env.local, .env.production and .env; \`npm run dev\` reads
# .env.development.local and .env.development instead of those of production.
# Variables of Node itself, such as NODE_OPTIONS, have no effect here.`

function toEnvExample(): string {
  const parts = [
    introduction,
    '# --- The site ---',
    ...listSiteSettings().map(toEntry),
    '# --- Ingest ---',
    ...listIngestSettings().map(toEntry),
  ]
  return `${parts.join('\n\n')}\n`
}

const toEntry = ({ name, description, default: value = '' }: Setting) =>
  `${wrap(description)}\n#${name}=${value}`

/** Lines of at most 100 characters. */
function wrap(text: string): string {
  const lines = ['#']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last.length + word.length < 100) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`# ${word}`)
  }
  return lines.join('\n')
}

const [start, end] = ['<!-- settings: npm run settings:write -->', '<!-- /settings -->']

/** A document with other tables between its marks. Throws when the marks are missing. */
async function replaceTable(path: string, tables: string): Promise<string> {
  const [before, rest = ''] = (await readFile(resolve(root, path), 'utf8')).split(start)
  const [former, after] = rest.split(end)
  if (former === undefined || after === undefined) {
    throw new Error(`${path} has no ${start} … ${end}`)
  }
  return `${before}${start}\n${tables}\n${end}${after}`
}

const toCell = (text: string) => text.replaceAll('|', '\\|')

function toSiteConfigTable(settings: SiteSetting[]): string {
  const rows = settings.map(
    ({ path, isRequired, description }) =>
      `| \`${path}\` | ${isRequired ? 'yes' : ''} | ${toCell(description)} |`,
  )
  return ['| setting | required | |', '|---|---|---|', ...rows].join('\n')
}

function toTable(title: string, settings: Setting[]): string {
  const rows = settings.map(
    ({ name, default: value, description }) =>
      `| \`${name}\` | ${value === undefined ? 'none' : `\`${value}\``} | ${toCell(description)} |`,
  )
  return [`| ${title} | default | |`, '|---|---|---|', ...rows].join('\n')
}
