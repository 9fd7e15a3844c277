import { afterEach, expect, it, vi } from 'vitest'

const html = '<p>Text</p><script>self.__next_f.push([1])</script>'

/** What the front door would be handed after the framework has rendered a page. */
async function render(environment: Record<string, string>): Promise<string | undefined> {
  vi.resetModules()
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const { default: NextCacheHandler } = await import('./next-cache-handler.ts')
  const { handover } = await import('./handover.ts')
  await new NextCacheHandler().set('/route-cache/APP_PAGE/digest/$/en/latest', {
    // @ts-expect-error The framework's constant enumeration cannot be named from outside.
    kind: 'APP_PAGE',
    html,
    rscData: undefined,
    postponed: undefined,
    headers: undefined,
    status: undefined,
    segmentData: undefined,
  })
  return handover.take('/en/latest')?.body.toString()
}

afterEach(() => void vi.unstubAllEnvs())

it('hands pages over without the framework’s runtime', async () => {
  expect(await render({})).toBe('<p>Text</p>')
})

it('leaves the runtime in when it is to be kept', async () => {
  expect(await render({ FRAMEWORK_RUNTIME: 'keep' })).toBe(html)
})
