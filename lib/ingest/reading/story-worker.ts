import { cleanForLedger } from '../clean/clean-for-ledger.ts'
import { listKnownArticles } from '../ledger/known-article.ts'
import { readArticleAnswer, toMaterial } from '../rewrite/read-article-answer.ts'
import { tellInExcerpt } from '../rewrite/tell-in-excerpt.ts'
import { parseStandingArticle } from '../tell/parse-standing-article.ts'
import { readParts, readTranslationAnswer } from '../translate/read-translation-answer.ts'
import { composeFile } from '../write/compose-file.ts'
import { isSealWhole } from '../write/seal.ts'
import { serveReader } from './serve-reader.ts'

/** Runs in threads of its own: everything that is done with the text of one story or article. */
const storyReader = {
  cleanForLedger,
  toMaterial,
  readArticleAnswer,
  tellInExcerpt,
  readParts,
  readTranslationAnswer,
  composeFile,
  isSealWhole,
  parseStandingArticle,
  listKnownArticles,
}

export type StoryReader = typeof storyReader

serveReader(storyReader)
