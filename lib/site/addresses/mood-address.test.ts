import { describe, expect, it } from 'vitest'
import { parsePath, routePath } from '../routes.ts'

describe('addresses of the mood', () => {
  it.each([
    '/mood',
    '/uk/mood/24-hours',
    '/mood/90-days',
    '/mood/7-days/negative',
    '/mood/2026-11-22',
    '/mood/2026-11-22T17/positive',
    '/mood/category/markets',
    '/uk/mood/tag/layer-2/30-days/neutral/page/3',
    '/mood/source/Wire_1/2026-11-22/page/2',
  ])('are read back as they are written: %s', (path) => {
    const route = parsePath(path)
    expect(route && routePath(route)).toBe(path)
  })

  it.each([
    ['/mood/7-days', '/mood'],
    ['/mood/category/markets/7-days', '/mood/category/markets'],
    ['/mood/30-days/positive/page/1', '/mood/30-days/positive'],
  ])('have one spelling: %s', (path, spelling) => {
    const route = parsePath(path)
    expect(route && routePath(route)).toBe(spelling)
  })

  it.each([
    '/mood/8-days',
    '/mood/2026-02-30',
    '/mood/2026-11-22T24',
    '/mood/30-days/happy',
    '/mood/30-days/page/2',
    '/mood/page/2',
    '/mood/category',
    '/mood/archive/2026',
    '/mood/constructor',
    '/mood/positive',
  ])('have no other shape: %s', (path) => {
    expect(parsePath(path)).toBeUndefined()
  })
})
