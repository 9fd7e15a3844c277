import '#lib/site/load-site.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhenStale } from '#tooling/build.ts'
import { watchArrivals } from './arrivals.ts'
import { contentDamages } from './content-damages.ts'
import { inflictAll } from './damage.ts'
import { databaseDamages } from './database-damages.ts'
import { diskDamages } from './disk-damages.ts'
import { fuzzRequests } from './fuzz-requests.ts'
import { killOften, phases } from './kills.ts'
import { openTrial } from './trial.ts'

const sections = [...phases, 'damage', 'arrivals', 'requests']
const usage = `npm run faults -- [--kills 50] [--articles 2000] [--only ${sections.join(',')}]
  [--damage <words of its name>] [--quick] [--seed <any text>] [--port 3370] [--requests 60000]`

/**
 * `npm run faults`: does harm to the built site from outside and holds it against the content folder
 * afterwards. It is killed at random moments, its files are damaged, its folders go away, its disk
 * fills; and articles arrive in every way files do. Exit code 1 with what differed.
 *
 * `--quick` does only what takes seconds. A seed repeats what is done; when a process is killed or
 * gets its turn is up to the machine.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    articles: { type: 'string', default: '2000' },
    only: { type: 'string', default: sections.join(',') },
    damage: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now()) },
    port: { type: 'string', default: '3370' },
    requests: { type: 'string', default: '60000' },
  },
})
const [kills, articleCount, port] = [values.kills, values.articles, values.port].map(Number)
const wanted = values.only.split(',')
if (!kills || !articleCount || !port || wanted.some((name) => !sections.includes(name))) {
  console.error(usage)
  process.exit(2)
}
const buildStatus = await buildWhenStale()
if (buildStatus !== 0) process.exit(buildStatus)

const say = (line: string) => console.log(line)
const folder = await mkdtemp(join(tmpdir(), 'dateline-faults-'))
say(`Seed ${values.seed}, ${articleCount} articles in ${folder}`)
const trial = await openTrial(folder, {
  articleCount,
  port,
  seed: values.seed,
  isQuick: values.quick,
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    console.error(`Stopped by ${signal}`)
    await trial.end()
    await rm(folder, { recursive: true, force: true })
    process.exit(1)
  })
}
const failures: string[] = []
try {
  const wantedPhases = phases.filter((phase) => wanted.includes(phase))
  if (wantedPhases.length > 0) {
    say(`\nKilled ${kills} times`)
    failures.push(...(await killOften(trial, { kills, wanted: wantedPhases, say })))
  }
  if (wanted.includes('damage')) {
    say('\nDamaged')
    const damages = [...databaseDamages, ...contentDamages, ...diskDamages].filter(
      ({ name, isQuick }) => name.includes(values.damage) && (isQuick || !values.quick),
    )
    failures.push(...(await inflictAll(trial, damages, say)))
  }
  if (wanted.includes('arrivals') && !values.quick) {
    say('\nArriving')
    failures.push(...(await watchArrivals(trial, { saves: 50, say })))
  }
  if (wanted.includes('requests')) {
    say('\nAsked by chance')
    await trial.ensureRunning()
    const count = values.quick ? 2000 : Number(values.requests)
    failures.push(...(await fuzzRequests(port, { count, random: trial.random })))
    failures.push(...(await trial.compare()))
  }
} finally {
  await trial.end()
  await rm(folder, { recursive: true, force: true })
}
say(failures.length === 0 ? '\nAll was right.' : `\n${failures.length} wrong:`)
for (const failure of failures) say(`- ${failure}`)
process.exitCode = failures.length === 0 ? 0 : 1
