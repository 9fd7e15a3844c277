import { cleanStory } from '../intake/clean-story.ts'
import {
  composeArticleFile,
  hasValidChecksum,
  parseExistingArticle,
} from '../publish/article-file.ts'
import { toExcerpt } from '../rewrite/to-excerpt.ts'
import { listKnownArticles } from '../state/known-article.ts'
import { serveFunctions } from './serve-functions.ts'

/** Runs in worker threads: everything that reads the text of one story or article. */
const storyFunctions = {
  cleanStory,
  toExcerpt,
  composeArticleFile,
  hasValidChecksum,
  parseExistingArticle,
  listKnownArticles,
}

export type StoryFunctions = typeof storyFunctions

serveFunctions(storyFunctions)
