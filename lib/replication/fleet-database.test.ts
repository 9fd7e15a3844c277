import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, makeDatabase } from '#bench/evals/test-servers/fleet-fixture.ts'
import { openLink } from '#bench/faults/fleet-obstacles.ts'
import { toDocument } from './documents.ts'
import { openFleetDatabase } from './fleet-database.ts'
import { FencedError } from './leases.ts'

describe('the database of a fleet', () => {
  it('gets its tables once, whoever comes first, and refuses code that is older', async () => {
    const { url, database, query } = await makeDatabase()
    const other = openFleetDatabase(url)
    await Promise.all([database.migrate(), other.migrate(), database.migrate()])
    await other.close()
    const applied = await query('SELECT number FROM migrations ORDER BY number')
    const files = readdirSync(join(import.meta.dirname, 'migrations'))
    expect(applied).toEqual(files.map((_, i) => ({ number: i + 1 })))
    await query("INSERT INTO migrations (number, name) VALUES (99, 'from the future')")
    await expect(database.migrate()).rejects.toThrow(/newer version of Dateline.*99/)
  })

  it('gives the lease to one node, and writes for the term of the last one alone', async () => {
    const { database, query } = await makeDatabase()
    await database.migrate()
    const [first, second] = await Promise.all([
      database.takeLease('writer', 'a'),
      database.takeLease('writer', 'b'),
    ])
    expect([first, second].filter((term) => term !== undefined)).toEqual([1])
    const [holder, other] = first === 1 ? ['a', 'b'] : ['b', 'a']
    expect(await database.renewLease('writer', holder ?? '', 1)).toBe(true)
    expect(await database.takeLease('writer', other ?? '')).toBeUndefined()
    const gone = toDocument({ kind: 'gone', path: 'articles/a.md' })
    expect(await database.publish(1, [gone], [])).toMatchObject({ revision: 1 })
    await query("UPDATE leases SET until = now() - interval '1 second'")
    expect(await database.takeLease('writer', other ?? '')).toBe(2)
    expect(await database.renewLease('writer', holder ?? '', 1)).toBe(false)
    await expect(database.publish(1, [gone], [])).rejects.toThrow(FencedError)
    expect(await database.publish(2, [gone], [])).toMatchObject({ revision: 2 })
    // Who ingests is another matter.
    expect(await database.takeLease('ingest', 'c')).toBeDefined()
    expect(await database.publish(2, [gone], [])).toMatchObject({ revision: 3 })
  })

  it('numbers documents in the order in which readers see them', async () => {
    const { database } = await makeDatabase()
    await database.migrate()
    await database.takeLease('writer', 'a')
    const documents = Array.from({ length: 40 }, (_, i) =>
      toDocument({ kind: 'gone', path: `articles/${i}.md` }),
    )
    let seen = 0
    const look = () =>
      database.snapshot(async ({ listAfter }) => {
        const found = (await listAfter(0, 100)).map(({ revision }) => revision)
        // Nothing below what was seen appears later: there are no gaps to fill.
        expect(found).toEqual(found.map((_, i) => i + 1))
        expect(found.length).toBeGreaterThanOrEqual(seen)
        seen = found.length
      })
    const publishing = documents.map((document) => database.publish(1, [document], []))
    for (let i = 0; i < 20; i += 1) await look()
    await Promise.all(publishing)
    await look()
    expect(seen).toBe(40)
  })
})

it('uses no connection again after one was lost without a word', async () => {
  const { url } = await makeDatabase()
  const link = await openLink(Number(new URL(url).port))
  const through = new URL(url)
  through.port = String(link.port)
  const database = openFleetDatabase(through.href)
  onTestFinished(async () => {
    await database.close()
    link.close()
  })
  await database.migrate()
  const ask = () => database.listBehind(0)
  await Promise.all([ask(), ask(), ask()])
  link.cut()
  await expect(ask()).rejects.toThrow(/timeout/)
  // A new one is tried beside the one that the cut has swallowed, before that is given up.
  const asked = ask()
  await eventually(() => expect(link.swallowed()).toBe(1))
  link.heal()
  expect(await asked).toEqual([])
  for (let i = 0; i < 3; i += 1) expect(await ask()).toEqual([])
})
