import { DatabaseSync } from 'node:sqlite'
import { answerCalls } from '#lib/node/answer-calls.ts'
import { findDamage } from './database-file.ts'

/** Runs in a thread of its own: looks at every page of an index, which takes seconds, and answers. */
answerCalls((path: string): string | undefined => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return findDamage(db)
  } finally {
    db.close()
  }
})
