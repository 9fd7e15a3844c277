import { expect, it } from 'vitest'
import { serveInTest } from '../http/serve-in-test.ts'
import {
  createHealthEndpoint,
  createReadinessEndpoint,
  type PartHealth,
  readDiskHealth,
  sendLiveness,
} from './health-endpoints.ts'

const healthOf = async (parts: Record<string, PartHealth>) => {
  const endpoint = createHealthEndpoint(async () => parts)
  const response = await serveInTest([{ name: 'health', find: () => endpoint }]).ask('/health')
  return { status: response.status, body: await response.json() }
}

it('is ok as long as no part has a reason, and degraded with every reason otherwise', async () => {
  expect(await healthOf({ index: { state: 'ok', articleCount: 3 } })).toEqual({
    status: 200,
    body: { status: 'ok', reasons: [], index: { state: 'ok', articleCount: 3 } },
  })
  const { body } = await healthOf({
    index: { state: 'ok' },
    content: { state: 'restarting', reason: 'the process did not answer' },
    disk: { state: 'full', reason: '3 MB are left for the data folder' },
  })
  expect(body).toMatchObject({
    status: 'degraded',
    reasons: ['content: the process did not answer', 'disk: 3 MB are left for the data folder'],
  })
})

it('is ready when nothing speaks against it, and says what does', async () => {
  const reasons: string[] = []
  const endpoint = createReadinessEndpoint(() => reasons)
  const { ask } = serveInTest([{ name: 'readyz', find: () => endpoint }])
  expect((await ask('/readyz')).status).toBe(200)
  reasons.push('The index holds 3 of 9 content files.')
  const response = await ask('/readyz')
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await response.text()).toBe('The index holds 3 of 9 content files.\n')
})

it('lives as long as it answers', async () => {
  const { ask } = serveInTest([{ name: 'livez', find: () => sendLiveness }])
  const response = await ask('/livez', { method: 'HEAD' })
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
})

it('knows the room on the disk, or that it does not', async () => {
  expect(await readDiskHealth('.')).toMatchObject({ freeBytes: expect.any(Number) })
  expect(await readDiskHealth('/nowhere')).toMatchObject({
    state: 'unknown',
    reason: expect.stringContaining('ENOENT'),
  })
})
