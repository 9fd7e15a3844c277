import { decodeText, maxFileBytes } from './encoding/decode-text.ts'
import { articleForm, type FrontMatter } from './front-matter/front-matter.ts'
import { parseFields, splitFrontMatter } from './front-matter/front-matter-block.ts'
import { parseFrontMatter } from './front-matter/parse-front-matter.ts'

/**
 * Only the front matter of a content file, for those who look at very many files and need no body;
 * undefined when there is none that can be read. What is wrong with a file `parseArticle` says.
 */
export function frontMatterOf(bytes: Uint8Array): FrontMatter | undefined {
  if (bytes.length > maxFileBytes) return undefined
  const block = splitFrontMatter(decodeText(bytes).text)
  if (!('yaml' in block)) return undefined
  const parsed = parseFields(block)
  return 'fields' in parsed ? parseFrontMatter(parsed.fields, articleForm).frontMatter : undefined
}
