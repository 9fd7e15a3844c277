import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { articleSchemaFile, toArticleSchema } from './article-schema.ts'

/** `npm run schema:write`: writes `article.schema.json` from the schema of the front matter. */
writeFileSync(join(resolve(import.meta.dirname, '..'), articleSchemaFile), toArticleSchema())
