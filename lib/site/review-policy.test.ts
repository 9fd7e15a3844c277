import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import {
  loadReviewPolicy,
  reviewPolicy,
  reviewPolicyVariable,
  toReviewPolicy,
} from './review-policy.ts'

const wire = { kind: 'feed', key: 'wire', name: 'Wire' }
const agency = { kind: 'coindesk', key: 'agency' }

it.each([
  [{ sources: [wire, agency] }, { sources: 'all' }],
  [{ sources: [wire, agency], publishUnreviewed: false }, { sources: 'none' }],
  [{ sources: [wire, { ...agency, publishUnreviewed: false }] }, { sources: ['Wire'] }],
  [
    { sources: [wire, { ...agency, publishUnreviewed: true }], publishUnreviewed: false },
    { sources: ['agency'] },
  ],
  [{ sources: [] }, undefined],
  [{ sources: [wire], publishUnreviewed: 'maybe' }, undefined],
  [undefined, undefined],
])('reads the policy of %j', (settings, policy) => {
  expect(toReviewPolicy(settings)).toEqual(policy)
})

it('claims nothing where the settings cannot be run, and hands on what it has read', () => {
  vi.stubEnv(reviewPolicyVariable, undefined)
  expect(reviewPolicy()).toBeUndefined()
  const folder = mkdtempSync(join(tmpdir(), 'review-policy-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'ingest.config.ts'), '')
  loadReviewPolicy(folder, () => ({ sources: [wire] }))
  expect(reviewPolicy()).toEqual({ sources: 'all' })
  loadReviewPolicy(folder, () => {
    throw new Error('It cannot be run.')
  })
  expect(reviewPolicy()).toBeUndefined()
})
