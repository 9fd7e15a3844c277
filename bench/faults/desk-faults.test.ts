import { expect, it } from 'vitest'
import { editInSequences, writeAtOnce } from './desk-faults.ts'
import { editOneField } from './edit-fields.ts'

// `dateline desk:faults` does ten thousand of each.
it('a change of one field leaves every other byte, however the file is written', () => {
  const { edited, failures } = editOneField({ count: 600, seed: 'desk' })
  expect(failures).toEqual([])
  expect(edited).toBeGreaterThan(550)
})

it('no sequence of edits shows a text as reviewed that nobody has reviewed', async () => {
  expect(await editInSequences({ count: 40, seed: 'desk' })).toEqual([])
})

it('two editors, ingest and a shell at one file lose nothing', async () => {
  expect(await writeAtOnce({ count: 20, seed: 'desk' })).toEqual([])
})
