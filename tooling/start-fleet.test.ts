import { expect, it } from 'vitest'
import { toNodeEnvironment } from './start-fleet.ts'

const node = {
  name: 'web-1',
  role: 'web',
  port: 3401,
  databaseUrl: 'postgres://db.example/dateline',
  contentDir: '/paper/content',
  dataDir: '/data',
  publishSecret: 'secret',
} as const

it('gives a machine the publication, and no content folder to one that only serves readers', () => {
  expect(toNodeEnvironment({ ...node, paperDir: '/paper' })).toMatchObject({
    PAPER_DIR: '/paper',
    CONTENT_DIR: '/data/no-content',
  })
  expect(toNodeEnvironment({ ...node, role: 'writer' })).toMatchObject({
    PAPER_DIR: '',
    CONTENT_DIR: '/paper/content',
  })
})
