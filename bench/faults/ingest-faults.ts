import '#lib/site/load-site.ts'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createSeededRandom } from '#lib/covers/art/seeded-random.ts'
import { behaveWell, serveModel } from '../evals/test-servers/serve-model.ts'
import { checkOutcome } from './ingest/check-outcome.ts'
import { openForgetfulFeed } from './ingest/forgetful-feed.ts'
import { type AnsweredRequest, listRepeatedQuestions } from './ingest/repeated-questions.ts'
import { runIngestProcess } from './ingest/run-ingest-process.ts'

/**
 * `npm run ingest:faults -- [--kills 200]`: kills ingest at moments that chance picks while stories
 * come and change, then lets it finish and holds the content folder against what the sources sent.
 * Every story must have one article in each language, with its last text, and no answer of the model that
 * had arrived may have been asked for again. Exit code 1 with what differs.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now()) },
  },
})
const kills = Number(values.kills)
const random = createSeededRandom(values.seed)
const folder = await mkdtemp(join(tmpdir(), 'dateline-ingest-faults-'))
console.log(`Seed ${values.seed}, ${kills} kills in ${folder}`)

const feeds = await Promise.all(
  ['alpha', 'bravo', 'charlie'].map((key) => openForgetfulFeed(key, random)),
)
const answered: AnsweredRequest[] = []
const model = await serveModel((asked) => {
  answered.push({ question: JSON.stringify(asked), at: performance.now() })
  return behaveWell(asked)
})
const config = join(folder, 'ingest.config.mjs')
const sources = feeds.map(({ key, url }) => ({
  kind: 'feed',
  key,
  name: key,
  url,
  allowPrivate: true,
}))
// Made-up words would be alike by chance; events are not what this is about.
const settings = {
  sources,
  sameEvent: { threshold: 1 },
  costs: limitless(),
  model: { attempts: 99 },
}
await writeFile(config, `export default ${JSON.stringify(settings)}\n`)
const files = {
  config,
  contentDir: join(folder, 'content'),
  dataDir: join(folder, 'data'),
  env: { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'pretended', LLM_API_KEY: 'none' },
}

const failures: string[] = []
const killedAt: number[] = []
try {
  for (const feed of feeds) feed.publish(2)
  const usual = (await runIngestProcess(files)).milliseconds
  console.log(`  an undisturbed pass takes ${usual.toFixed(0)} ms`)
  while (killedAt.length < kills) {
    for (const feed of feeds) {
      feed.publish(random.integer(0, 2))
      if (random.fraction() < 0.4) feed.change()
    }
    const killAfter = usual * (0.2 + random.fraction() * 0.9)
    const { signal, code, errors, ...run } = await runIngestProcess(files, { killAfter })
    if (signal === 'SIGKILL') killedAt.push(run.killedAt ?? performance.now())
    else if (code !== 0) failures.push(`a pass ended with ${code}: ${errors.slice(0, 300)}`)
    if (killedAt.length % 25 === 0 && signal === 'SIGKILL') {
      console.log(
        `  ${killedAt.length} kills, ${feeds.reduce((sum, one) => sum + one.count(), 0)} stories`,
      )
    }
  }
  for (let pass = 0; pass < 5; pass += 1) await runIngestProcess(files)
  failures.push(...(await checkOutcome(files.contentDir, feeds)))
  const { unavoidable, avoidable } = listRepeatedQuestions(answered, killedAt)
  console.log(
    `  ${answered.length} answers of the model; ${unavoidable} were on their way when the process was killed and were asked for again`,
  )
  failures.push(...avoidable)
} finally {
  await Promise.all([model.close(), ...feeds.map((feed) => feed.close())])
  await rm(folder, { recursive: true, force: true })
}
console.log(failures.length === 0 ? '\nAll was right.' : `\n${failures.length} wrong:`)
for (const failure of failures) console.log(`- ${failure}`)
process.exit(failures.length === 0 ? 0 : 1)

function limitless() {
  const many = 1_000_000_000
  return { requestsPerRun: many, tokensPerRun: many, requestsPerDay: many, tokensPerDay: many }
}
