import '#lib/site/load-site.ts'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from '#cli/command.ts'
import { createSeededRandom } from '#lib/covers/art/seeded-random.ts'
import { behaveWell, serveModel } from '../evals/test-servers/serve-model.ts'
import { toReport } from './faults.ts'
import {
  type AnsweredRequest,
  checkOutcome,
  listRepeatedQuestions,
} from './ingest/check-outcome.ts'
import { openForgetfulFeed } from './ingest/forgetful-feed.ts'
import { runIngestProcess } from './ingest/run-ingest-process.ts'

/**
 * `dateline ingest:faults`: kills ingest at random moments while stories come and change, then lets it
 * finish and compares the content folder with what the sources sent. Every story must be published
 * once in each language, as it was last, and no answer of the model that had arrived may have been
 * asked for again. Exit code 1 with what differs.
 */
export async function ingestFaults({
  kills,
  seed,
}: {
  kills: number
  seed: string
}): Promise<Report> {
  const random = createSeededRandom(seed)
  const folder = await mkdtemp(join(tmpdir(), 'dateline-ingest-faults-'))
  console.error(`Seed ${seed}, ${kills} kills in ${folder}`)

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
    console.error(`  an undisturbed pass takes ${usual.toFixed(0)} ms`)
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
        console.error(
          `  ${killedAt.length} kills, ${feeds.reduce((sum, one) => sum + one.count(), 0)} stories`,
        )
      }
    }
    for (let pass = 0; pass < 5; pass += 1) await runIngestProcess(files)
    failures.push(...(await checkOutcome(files.contentDir, feeds)))
    const { unavoidable, avoidable } = listRepeatedQuestions(answered, killedAt)
    console.error(
      `  ${answered.length} answers of the model; ${unavoidable} were on their way when the process was killed and were asked for again`,
    )
    failures.push(...avoidable)
  } finally {
    await Promise.all([model.close(), ...feeds.map((feed) => feed.close())])
    await rm(folder, { recursive: true, force: true })
  }
  return toReport(failures, seed)
}

function limitless() {
  const many = 1_000_000_000
  return { requestsPerRun: many, tokensPerRun: many, requestsPerDay: many, tokensPerDay: many }
}
