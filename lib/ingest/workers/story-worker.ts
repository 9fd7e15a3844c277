import { cleanWithLead } from '../intake/clean-with-lead.ts'
import { hasValidChecksum } from '../publish/checksum.ts'
import { composeFile } from '../publish/compose-file.ts'
import { parseExistingArticle } from '../publish/parse-existing-article.ts'
import { parseRewrite, toPromptStory } from '../rewrite/parse-rewrite.ts'
import { toExcerpt } from '../rewrite/to-excerpt.ts'
import { listKnownArticles } from '../state/known-article.ts'
import { parseTranslation, readParts } from '../translate/parse-translation.ts'
import { serveFunctions } from './serve-functions.ts'

/** Runs in threads of its own: everything that is done with the text of one story or article. */
const storyFunctions = {
  cleanWithLead,
  toPromptStory,
  parseRewrite,
  toExcerpt,
  readParts,
  parseTranslation,
  composeFile,
  hasValidChecksum,
  parseExistingArticle,
  listKnownArticles,
}

export type StoryFunctions = typeof storyFunctions

serveFunctions(storyFunctions)
