import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const read = (name: string) => readFile(join(import.meta.dirname, name), 'utf8')

const rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
})

async function listAlerts() {
  const { groups } = rules.parse(parse(await read('prometheus-alerts.yml')))
  return groups.flatMap((group) => group.rules)
}

/** The metrics of the server: `dateline_…` is written out, or added to the name of a gauge. */
async function listMetrics(): Promise<Set<string>> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const names = new Set(registry.getMetricsAsArray().map(({ name }) => name))
  const server = resolve(import.meta.dirname, '../server')
  for (const file of globSync('**/*.ts', { cwd: server })) {
    const source = await readFile(join(server, file), 'utf8')
    for (const [, name] of source.matchAll(/name: '(?:dateline_)?([a-z_]+)',\n\s*help:/g)) {
      names.add(`dateline_${name}`)
    }
  }
  return names
}

describe('monitoring', () => {
  it('alerts on metrics that the server has', async () => {
    const metrics = await listMetrics()
    const used = (await listAlerts()).flatMap(({ expr }) =>
      Array.from(expr.matchAll(/\b(?:dateline|nodejs|process)_\w+/g), ([name]) =>
        name.replace(/_bucket$/, ''),
      ),
    )
    expect(used.length).toBeGreaterThan(9)
    expect(used.filter((name) => !metrics.has(name))).toEqual([])
  })

  it('explains every alert', async () => {
    const readme = await read('README.md')
    const explained = Array.from(readme.matchAll(/^\| (Dateline\w+) \|/gm), ([, name]) => name)
    expect(explained).toEqual((await listAlerts()).map(({ alert }) => alert))
  })
})
