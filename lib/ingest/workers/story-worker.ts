import { cleanStory } from '../intake/clean-story.ts'
import {
  composeArticleFile,
  hasValidChecksum,
  parseExistingArticle,
} from '../publish/article-file.ts'
import { parseRewrite, toPromptStory } from '../rewrite/parse-rewrite.ts'
import { toExcerpt } from '../rewrite/to-excerpt.ts'
import { listKnownArticles } from '../state/known-article.ts'
import { parseTranslation, readParts } from '../translate/parse-translation.ts'
import { serveFunctions } from './serve-functions.ts'

/** Runs in worker threads: everything that reads the text of one story or article. */
const storyFunctions = {
  cleanStory,
  toPromptStory,
  parseRewrite,
  toExcerpt,
  readParts,
  parseTranslation,
  composeArticleFile,
  hasValidChecksum,
  parseExistingArticle,
  listKnownArticles,
}

export type StoryFunctions = typeof storyFunctions

serveFunctions(storyFunctions)
