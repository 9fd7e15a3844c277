import { expect, it } from 'vitest'
import { editInSequences, writeAtOnce } from './desk-faults.ts'

// `dateline desk:faults` does ten thousand of each.
it('no sequence of edits shows a text as reviewed that nobody has reviewed', async () => {
  expect(await editInSequences({ count: 40, seed: 'desk' })).toEqual([])
})

it('two editors, ingest and a shell at one file lose nothing', async () => {
  expect(await writeAtOnce({ count: 20, seed: 'desk' })).toEqual([])
})
