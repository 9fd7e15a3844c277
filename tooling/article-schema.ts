import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Report } from '#cli/command.ts'
import { frontMatterSchema } from '#lib/content/front-matter/front-matter.ts'

/** Relative to the repository. */
export const articleSchemaFile = 'article.schema.json'

/** `dateline schema:write`: writes the file. */
export async function writeArticleSchema(): Promise<Report> {
  await writeFile(resolve(import.meta.dirname, '..', articleSchemaFile), toArticleSchema())
  return { text: `Written: ${articleSchemaFile}`, json: { files: [articleSchemaFile] } }
}

/**
 * The front matter of an article as JSON Schema for editors: the fields of `frontMatterSchema` with
 * their sentences. Draft 7, because the plugin in `.remarkrc.mjs` reads no later one. YAML reads `42`
 * as a number where we read the text, so every text may be a number too.
 */
export function toArticleSchema(): string {
  const schema = z.toJSONSchema(frontMatterSchema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'string' && !jsonSchema.enum) {
        Object.assign(jsonSchema, { type: ['string', 'number'] })
      }
      // A text stands for a list of one, and for a cover of one file.
      if (jsonSchema.type === 'array') Object.assign(jsonSchema, { type: ['array', 'string'] })
      if (jsonSchema.properties?.small_s3) {
        Object.assign(jsonSchema, { type: ['object', 'string'] })
      }
    },
  })
  const named = { title: 'Article', description: 'The front matter of an article.' }
  return `${JSON.stringify({ ...schema, ...named }, undefined, 2)}\n`
}
