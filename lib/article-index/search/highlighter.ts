import { DatabaseSync } from 'node:sqlite'
import type { Article } from '#lib/content/article.ts'
import { toPlainText } from '#lib/content/plain-text.ts'
import { numberOf, textOf } from '#lib/node/sqlite.ts'
import type { HighlightedText } from '../article-index.ts'
import { tokenizer } from '../store/schema.ts'
import { hideApostrophes, showApostrophes } from './apostrophes.ts'

const excerptWords = 40
/** Characters of a body that are looked at; a match further on is left unmarked. */
const longestBody = 60_000

/** Taken out of every text before it is searched, so that only a match can put them in. */
const matchStart = '\u0001'
const matchEnd = '\u0002'

type Highlighted = { title: HighlightedText; excerpt: HighlightedText }

/** Marks what an FTS5 expression matches in articles, one answer for each, in their order; '' nothing. */
export type Highlighter = (articles: Article[], expression: string) => Highlighted[]

/**
 * The index keeps no texts beside its words, so the few articles of a page of results are put into a
 * full-text table in memory with the same tokenizer, which then finds and marks the matches.
 */
export function createHighlighter(): { highlight: Highlighter; close: () => void } {
  const db = new DatabaseSync(':memory:')
  db.exec(`CREATE VIRTUAL TABLE texts USING fts5(
    title, description, body, tokenize = "${tokenizer}"
  )`)
  const add = db.prepare('INSERT INTO texts (rowid, title, description, body) VALUES (?, ?, ?, ?)')
  const snippet = (column: number) =>
    `snippet(texts, ${column}, '${matchStart}', '${matchEnd}', '…', ${excerptWords})`
  const mark =
    db.prepare(`SELECT rowid, highlight(texts, 0, '${matchStart}', '${matchEnd}') AS title,
    ${snippet(1)} AS description, ${snippet(2)} AS body FROM texts WHERE texts MATCH ?`)

  function highlight(articles: Article[], expression: string): Highlighted[] {
    if (expression === '') return articles.map(unmarked)
    db.exec('BEGIN')
    try {
      const texts = articles.map(({ title, description, body }) => ({
        title: withoutMarks(title),
        description: withoutMarks(description),
        body: withoutMarks(toPlainText(body.slice(0, longestBody))),
      }))
      for (const [i, { title, description, body }] of texts.entries()) {
        add.run(i, ...[title, description, body].map(hideApostrophes))
      }
      const marked = new Map(mark.all(expression).map((row) => [numberOf(row, 'rowid'), row]))
      return articles.map((article, i) => {
        const row = marked.get(i)
        const text = texts[i]
        if (!row || !text) return unmarked(article)
        const read = (column: keyof typeof text) =>
          showApostrophes(textOf(row, column), text[column])
        const body = read('body')
        const description = read('description')
        const excerpt = countMatches(body) > countMatches(description) ? body : description
        return { title: toHighlighted(read('title')), excerpt: toHighlighted(excerpt) }
      })
    } finally {
      db.exec('ROLLBACK')
    }
  }

  return { highlight, close: () => db.close() }
}

/** For a hit whose matches stand in its tags alone. */
function unmarked({ title, description }: Article): Highlighted {
  return {
    title: toHighlighted(withoutMarks(title)),
    excerpt: toHighlighted(withoutMarks(description)),
  }
}

function withoutMarks(text: string): string {
  return text.normalize('NFC').replaceAll(matchStart, ' ').replaceAll(matchEnd, ' ')
}

/** How many different words were matched. */
function countMatches(marked: string): number {
  const matches = toHighlighted(marked).filter(({ isMatch }) => isMatch)
  return new Set(matches.map(({ text }) => text.toLowerCase())).size
}

function toHighlighted(marked: string): HighlightedText {
  const [before = '', ...rest] = marked.replace(/\s+/g, ' ').split(matchStart)
  const runs = rest.flatMap((part) => {
    const [match = '', after = ''] = part.split(matchEnd)
    return [
      { text: match, isMatch: true },
      { text: after, isMatch: false },
    ]
  })
  return [{ text: before, isMatch: false }, ...runs].filter(({ text }) => text !== '')
}
