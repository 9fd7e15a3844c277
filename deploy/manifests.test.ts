import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { listIngestSettings } from '#lib/ingest/settings/ingest-env.ts'
import { listSiteSettings, parseSiteEnv } from '#lib/site/env.ts'

const root = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const readYaml = (path: string): unknown => parse(read(path), { merge: true })

const siteSettings = new Set(listSiteSettings().map(({ name }) => name))
const ingestSettings = new Set(listIngestSettings().map(({ name }) => name))

const env = z.object({ name: z.string(), value: z.string().optional() })
const named = z.object({ name: z.string() })
const labels = z.record(z.string(), z.string())
const container = named.extend({ env: z.array(env).optional() })
const pods = z.object({
  metadata: z.object({ labels }),
  spec: z.object({ containers: z.array(container) }),
})
const resource = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: named,
  data: z.record(z.string(), z.string()).optional(),
  spec: z
    .object({
      replicas: z.number().optional(),
      template: pods.optional(),
      selector: z.union([z.object({ matchLabels: labels }), labels]).optional(),
    })
    .optional(),
})
const { items } = z.object({ items: z.array(resource) }).parse(readYaml('deploy/kubernetes.yaml'))

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      environment: z.record(z.string(), z.string()).optional(),
      image: z.string().optional(),
      networks: z.unknown().optional(),
      extra_hosts: z.record(z.string(), z.string()).optional(),
    }),
  ),
})
const compose = composeFile.parse(readYaml('compose.yaml')).services
const composedFleet = composeFile.parse(readYaml('deploy/fleet.compose.yaml')).services

/** Variables that a file of `deploy/` sets for the site or for ingest. */
function listVariables(path: string): string[] {
  const text = read(path)
  const patterns = [
    /^(?:#\s+)?([A-Z][A-Z\d_]+)=/gm,
    /^Environment=([A-Z\d_]+)=/gm,
    /--from-literal=([A-Z\d_]+)=/g,
    ...(path === 'Dockerfile' ? [/(?<=^ENV .*\b)([A-Z\d_]+)=/gm] : []),
  ]
  return patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), ([, name = '']) => name))
}

/** Read by Node, by the framework and by the shell's script. */
const ofOthers = ['NODE_ENV', 'NEXT_TELEMETRY_DISABLED', 'SITE_HOST', 'POSTGRES_PASSWORD']

describe('the environment that deploy/ sets', () => {
  const files = globSync(['deploy/*.{env,service,conf,yaml}', '*compose.yaml', 'Dockerfile'], {
    cwd: root,
  })

  it('names settings that there are', () => {
    const found = [
      ...files.flatMap((path) => listVariables(path).map((name) => ({ path, name }))),
      ...items.flatMap(({ data = {}, spec }) =>
        [
          ...Object.keys(data),
          ...(spec?.template?.spec.containers ?? []).flatMap((one) => one.env ?? []).map(nameOf),
        ].map((name) => ({ path: 'deploy/kubernetes.yaml', name })),
      ),
      ...[...Object.values(compose), ...Object.values(composedFleet)]
        .filter(({ image }) => image === undefined)
        .flatMap(({ environment = {} }) => Object.keys(environment))
        .map((name) => ({ path: 'compose', name })),
    ]
    // Each unit gets what it reads, and no secret of another one.
    const own = new Map([
      ['deploy/dateline.env', siteSettings],
      ['deploy/dateline-ingest.env', ingestSettings],
    ])
    const all = new Set([...siteSettings, ...ingestSettings, ...ofOthers])
    const isKnown = ({ path, name }: (typeof found)[number]) => (own.get(path) ?? all).has(name)
    expect(found.length).toBeGreaterThan(40)
    expect(found.filter((one) => !isKnown(one))).toEqual([])
  })

  it.each(
    Object.entries(composedFleet).filter(([, { environment }]) => environment?.ROLE !== undefined),
  )('starts %s of the composed fleet', (_, { environment = {} }) => {
    const filled = Object.entries(environment).map(([name, value]) => [name, fillIn(value)])
    expect(parseSiteEnv(Object.fromEntries(filled)).role).toBe(environment.ROLE)
  })

  const roled = items.flatMap(({ metadata, spec }) => {
    const given = (spec?.template?.spec.containers ?? []).flatMap((one) => one.env ?? [])
    const role = given.find(({ name }) => name === 'ROLE')?.value
    return role === undefined ? [] : [{ name: metadata.name, role, given }]
  })
  it.each(roled)('starts $name on Kubernetes', ({ role, given }) => {
    const variables = [
      ...Object.entries(items.find(({ kind }) => kind === 'ConfigMap')?.data ?? {}),
      ...given.map(({ name, value = 'pod-1' }) => [name, value]),
      ['DATABASE_URL', 'postgres://db.example/dateline'],
    ]
    expect(parseSiteEnv(Object.fromEntries(variables)).role).toBe(role)
  })
})

const nameOf = ({ name }: { name: string }) => name

/** `${NAME:-default}` and `${NAME:?}`, as Docker fills them in. */
const fillIn = (value: string) =>
  value.replace(/\$\{\w+(?::-([^}]*)|:\?)\}/g, (_, fallback) => fallback ?? 'a-secret')

describe('the manifests for Kubernetes', () => {
  it('are of the types that Kubernetes and its Gateway have', { timeout: 60_000 }, () => {
    const typeOf = ({ apiVersion, kind }: { apiVersion: string; kind: string }) =>
      apiVersion.startsWith('gateway.')
        ? `import('@kubernetes-models/gateway-api/${apiVersion}').I${kind}`
        : `import('kubernetes-models/${apiVersion}').I${kind}`
    const raw = z
      .object({ items: z.array(z.unknown()) })
      .parse(readYaml('deploy/kubernetes.yaml')).items
    // A literal, in which the compiler finds what a type lacks and what it has not.
    const lines = raw.map(
      (one, i) => `export const _${i}: ${typeOf(resource.parse(one))} = ${JSON.stringify(one)}`,
    )
    const folder = join(root, 'node_modules/.cache/manifests')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'manifests.mts'), lines.join('\n'))
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const how = '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --types node'
    const { stdout, status } = spawnSync(
      process.execPath,
      [compiler, ...how.split(' '), 'manifests.mts'],
      { cwd: folder, encoding: 'utf8' },
    )
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })

  it('select pods that there are', () => {
    const sets = items.filter(({ spec }) => spec?.template)
    const known = sets.flatMap(({ metadata, spec }) =>
      Array.from({ length: spec?.replicas ?? 1 }, (_, i) => ({
        ...spec?.template?.metadata.labels,
        'statefulset.kubernetes.io/pod-name': `${metadata.name}-${i + 1}`,
      })),
    )
    const unselected = items.filter(({ spec }) => {
      if (!spec?.selector) return false
      const { matchLabels } = spec.selector
      const wanted = Object.entries(typeof matchLabels === 'object' ? matchLabels : spec.selector)
      return !known.some((pod) => wanted.every(([key, value]) => Reflect.get(pod, key) === value))
    })
    expect(unselected.map(({ metadata }) => metadata.name)).toEqual([])
  })
})

describe('the machines that nginx asks', () => {
  const servers = Array.from(
    read('deploy/fleet.nginx.conf').matchAll(/^ *server ([\w-]+):(\d+) /gm),
    ([, name = '', port = '']) => ({ name, port: Number(port) }),
  )
  const names = servers.map(nameOf)

  it('are those of Kubernetes and of the composed fleet', () => {
    const services = items.filter(({ kind }) => kind === 'Service').map((one) => one.metadata.name)
    expect(services.filter((name) => /-\d$/.test(name)).sort()).toEqual(names.toSorted())
    expect(new Set(servers.map(({ port }) => port))).toEqual(new Set([parseSiteEnv({}).port]))
    const hosts = composedFleet.nginx?.extra_hosts ?? {}
    expect(Object.keys(hosts).sort()).toEqual(names.toSorted())
    for (const [name, address] of Object.entries(hosts)) {
      expect(composedFleet[name.replace('dateline-', '')]?.networks).toEqual({
        fleet: { ipv4_address: address },
      })
    }
  })
})
