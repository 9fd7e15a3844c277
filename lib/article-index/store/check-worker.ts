import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { findDamage } from './find-damage.ts'

/** Runs in a thread of its own: looks at every page of an index, which takes seconds, and answers. */
const db = new DatabaseSync(workerData, { readOnly: true })
try {
  parentPort?.postMessage(findDamage(db))
} finally {
  db.close()
}
