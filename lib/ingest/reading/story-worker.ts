import { cleanForLedger } from '../intake/clean-for-ledger.ts'
import { isSealWhole } from '../publish/checksum.ts'
import { composeFile } from '../publish/compose-file.ts'
import { parseStandingArticle } from '../publish/parse-standing-article.ts'
import { readArticleAnswer, toMaterial } from '../rewrite/read-article-answer.ts'
import { tellInExcerpt } from '../rewrite/tell-in-excerpt.ts'
import { listKnownArticles } from '../state/known-article.ts'
import { readParts, readTranslationAnswer } from '../translate/read-translation-answer.ts'
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
