import '#lib/site/load-site.ts'
import { parseArgs } from 'node:util'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { siteEnv } from '#lib/site/env.ts'
import { makePreviewLink } from '#server/preview/make-preview-link.ts'
import { toContentPath } from './to-content-path.ts'

const usage = `Usage: npm run preview -- <file> [--hours 24]

Prints a link under which a draft, a scheduled or a withdrawn article can be read, for so many hours.
The file is named from here or from the content folder. Run it where the server runs, with the same
SITE_URL, CONTENT_DIR, DATA_DIR and PREVIEW_SECRET.
Exit code: 1 when the file cannot be shown, 2 when it is not clear which one is meant.`

/** A year. A link that is good for longer is a page that somebody forgot. */
const mostHours = 24 * 366

process.exitCode = await run(process.argv.slice(2))

async function run(parameters: string[]): Promise<number> {
  const asked = readParameters(parameters)
  if (!asked) return 2
  try {
    const { siteUrl, contentDir, dataDir, previewSecret } = siteEnv()
    const file = toContentPath(contentDir, asked.file)
    const { hours } = asked
    const now = new Date()
    const place = { dataDir, previewSecret }
    const link = await makePreviewLink({ siteUrl, contentDir, file, hours, now, ...place })
    console.log(link.url)
    // What people want to know beside the link stays out of a pipe.
    console.error(
      link.reason
        ? `Not published (${link.reason}). Whoever has the link can read it until ${link.expiresAt}.`
        : 'It is published: everybody can read it there.',
    )
    return 0
  } catch (cause) {
    if (cause instanceof InvalidArticleError) console.error('The file cannot become an article:')
    console.error(cause instanceof Error ? cause.message : String(cause))
    return 1
  }
}

function readParameters(parameters: string[]): { file: string; hours: number } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: parameters,
      options: { hours: { type: 'string', default: '24' } },
      allowPositionals: true,
    })
    const [file, ...others] = positionals
    if (!file || others.length > 0) throw new Error('One file, please.')
    const hours = Number(values.hours)
    if (!(hours > 0 && hours <= mostHours)) {
      throw new Error(`--hours is "${values.hours}", expected a number up to ${mostHours}.`)
    }
    return { file, hours }
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`)
    return undefined
  }
}
