import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rssWith } from '#bench/evals/test-servers/feed-documents.ts'
import { send, serve } from '#bench/evals/test-servers/serve.ts'
import { behaveWell, serveModel } from '#bench/evals/test-servers/serve-model.ts'
import { runIngestProcess } from '#bench/faults/ingest/run-ingest-process.ts'

async function open(title = 'Oslo wins a prize') {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-ingest-cli-'))
  const feed = await serve({
    '/feed.xml': send(rssWith([{ id: 'g-1', title, text: 'Oslo has won a prize of 40 crowns.' }])),
  })
  onTestFinished(async () => {
    await feed.close()
    await rm(folder, { recursive: true, force: true })
  })
  const config = join(folder, 'ingest.config.mjs')
  const source = { kind: 'feed', key: 'wire', name: 'Wire', url: `${feed.url}/feed.xml` }
  const settings = { sources: [{ ...source, allowPrivate: true }], fetch: { retries: 0 } }
  writeFileSync(config, `export default ${JSON.stringify(settings)}`)
  return {
    feed,
    files: { config, contentDir: join(folder, 'content'), dataDir: join(folder, 'data') },
  }
}

describe('npm run ingest', () => {
  it('ends with 1 and says why when the model refuses the key, and with 0 when it does not', async () => {
    const { files } = await open()
    const model = await serveModel(() => ({ answer: send('{}', {}, 401) }))
    onTestFinished(() => model.close())
    const env = { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'pretended', LLM_API_KEY: 'wrong' }
    const refused = await runIngestProcess({ ...files, env })
    expect(refused.code).toBe(1)
    expect(refused.report?.model.error).toMatch(/refused the key \(401\)/)
    expect(refused.errors).toMatch(/refused the key \(401\)/)
    expect(refused.errors).not.toContain('wrong')
    model.behave(behaveWell)
    const well = await runIngestProcess({ ...files, env })
    expect(well).toMatchObject({ code: 0, errors: '' })
  })

  it('asks the model one question with --check-model, and ends with 1 when it cannot be used', async () => {
    const { feed, files } = await open()
    const model = await serveModel()
    onTestFinished(() => model.close())
    const env = { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'pretended', LLM_API_KEY: 'right' }
    const flags = ['--check-model']
    const well = await runIngestProcess({ ...files, env }, { json: false, flags })
    expect(well).toMatchObject({ code: 0, errors: '' })
    expect(well.output).toMatch(
      /^Model {3}pretended at .*\nFormat {2}json_schema\nSpeed {3}[\d.]+ s, \d+ tokens\/s\nTokens {2}100 asked, 50 answered\nPrice {3}unknown: .*\nResult {2}works\n$/,
    )
    expect(model.requests).toHaveLength(1)
    expect(feed.requests).toHaveLength(0)
    model.behave(() => ({ answer: send('{"error":{"message":"no\\u001b[2J"}}', {}, 401) }))
    const refused = await runIngestProcess({ ...files, env }, { json: false, flags })
    expect(refused.code).toBe(1)
    expect(refused.output).toMatch(/Result {2}FAILS: The model refused the key \(401\)/)
    expect(refused.output).not.toContain('\u001b')
    const json = await runIngestProcess({ ...files, env }, { flags })
    expect(JSON.parse(json.output)).toMatchObject({ problem: expect.stringContaining('401') })
    const without = await runIngestProcess(files, { flags })
    expect(without.code).toBe(2)
    expect(without.errors).toMatch(/LLM_BASE_URL and LLM_MODEL/)
  })

  it('ends with 1 when no source can be read', async () => {
    const { feed, files } = await open()
    feed.answers.set('/feed.xml', send('', {}, 500))
    expect((await runIngestProcess(files)).code).toBe(1)
  })

  it('lets nothing of a feed steer the terminal', async () => {
    const orders = '\u001B]0;owned\u0007\u001B[2J\u009B31m\u202Egnp'
    const { feed, files } = await open()
    // A rejection is shown with the title as it came.
    const bad = `<rss version="2.0"><channel><item><title>${orders}</title></item></channel></rss>`
    feed.answers.set(
      '/feed.xml',
      send(
        JSON.stringify({
          version: 'https://jsonfeed.org/version/1.1',
          title: 'x',
          items: [{ title: orders, content_text: bad }],
        }),
        { 'content-type': 'application/feed+json' },
      ),
    )
    for (const json of [true, false]) {
      const { code, output, errors } = await runIngestProcess(files, { json })
      expect(code).toBe(0)
      expect(output).toContain('neither an id nor an address')
      const written = (output + errors).replaceAll('\n', '')
      expect(written).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
      await rm(files.dataDir, { recursive: true })
    }
  })

  it.runIf(process.platform !== 'win32')('keeps its files for their owner', async () => {
    const { files } = await open()
    mkdirSync(files.dataDir)
    chmodSync(files.dataDir, 0o755)
    await runIngestProcess(files)
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
    expect(modeOf(files.dataDir)).toBe('700')
    const names = readdirSync(files.dataDir)
    expect(names).toContain('ingest.sqlite')
    expect(names).toContain('ingest-report.json')
    for (const name of names)
      expect(`${name} ${modeOf(join(files.dataDir, name))}`).toBe(`${name} 600`)
    expect(modeOf(join(files.contentDir, '.ingest.lock'))).toBe('600')
  })
})
