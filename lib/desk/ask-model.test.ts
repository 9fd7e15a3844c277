import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { IngestFixture } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import {
  english,
  openModelFixture,
  story,
  ukrainian,
} from '#bench/evals/test-servers/open-model-fixture.ts'
import { type Behaviour, rewrite } from '#bench/evals/test-servers/serve-model.ts'
import { rewriteForEditor } from '#lib/ingest/rewrite-for-editor.ts'
import { logTo } from '#lib/node/log.ts'
import { askModel } from './ask-model.ts'
import { approveArticle } from './change-article.ts'
import { openDesk } from './open-desk.ts'
import { showArticle } from './show-article.ts'

const olha = { name: 'Olha', from: 'a test' }

/** A held article of ingest, and what the model answers from then on. */
async function openHeld(settings: Partial<IngestFixture['settings']> = {}) {
  const { fixture, model } = await openModelFixture()
  Object.assign(fixture.settings, { publishUnreviewed: false, ...settings })
  fixture.settings.fetch = { timeoutSeconds: 20 }
  const { contentDir, dataDir, workers, env } = fixture
  await fixture.ingest()
  let minute = 0
  const now = () => new Date(Date.UTC(2026, 10, 20, 13, minute++))
  const log = logTo([])
  const given = { contentDir, dataDir, now, log }
  const desk = openDesk({ ...given, historyBytes: 1024 ** 2, commits: false })
  onTestFinished(() => desk.close())
  const config = fixture.config()
  const ask = (path: string, note: string, base?: string) =>
    askModel(desk, { path, by: olha, base, note }, (request) =>
      rewriteForEditor({ ...given, config, env, workers }, request),
    )
  const answerWith = (change: object, { whileWriting = () => {} } = {}) =>
    model.behave((({ material, isTranslation }) => {
      whileWriting()
      const parts = isTranslation ? material : rewrite(material)
      return JSON.stringify({ ...parts, ...change })
    }) satisfies Behaviour)
  const fileOf = (path: string) => join(contentDir, path)
  const read = (path = english) => readFileSync(fileOf(path), 'utf8')
  return { fixture, model, desk, ask, answerWith, fileOf, read }
}

it('gives the model the note apart from the story, and the answer replaces the draft as a revision', async () => {
  const { fixture, model, desk, ask, answerWith, read } = await openHeld()
  const before = read()
  const { file } = (await showArticle(desk, english)) ?? {}
  answerWith({ title: 'Kraken to acquire Backed Finance' })
  const spent = fixture.server.requests.length
  const outcome = await ask(english, 'A shorter title.\nNo price in it.', file?.digest)
  expect(outcome).toMatchObject({ kind: 'saved', revision: { by: 'Olha', kind: 'desk' } })
  const { messages } = JSON.parse(model.requests.at(-1)?.body ?? '')
  expect(messages.map(({ role }: { role: string }) => role)).toEqual([
    ...['system', 'user', 'assistant', 'user'],
  ])
  expect(JSON.parse(messages[1].content)).toMatchObject({ title: story.title })
  expect(messages[1].content).not.toContain('shorter title')
  expect(JSON.parse(messages[2].content)).toMatchObject({ title: story.title })
  expect(messages[3].content).toContain('\nA shorter title.\nNo price in it.\n')

  const article = await fixture.readArticle(english)
  expect(article).toMatchObject({
    title: 'Kraken to acquire Backed Finance',
    draft: true,
    draftReason: 'The model has written this again for Olha.',
    ai: { rewritten: true, expandedAt: expect.stringMatching(/^2026-11-20T13:/) },
  })
  const [latest, first] = desk.history.list({ path: english, limit: 10 })
  expect(latest?.note).toBe('A shorter title.\nNo price in it.')
  expect(new TextDecoder().decode(desk.history.read(first?.digest ?? ''))).toBe(before)
  expect(desk.auditLog.list()[0]).toMatchObject({ action: 'ask-model', by: 'Olha', path: english })
  expect(fixture.server.requests.length).toBe(spent)
})

it('checks the facts of the answer, and repeats neither a question nor its stored answer', async () => {
  const { fixture, model, ask, answerWith, read } = await openHeld()
  answerWith({ overview: 'Kraken pays $450 million.' })
  expect(await ask(english, 'Say the price.')).toMatchObject({ kind: 'saved' })
  expect((await fixture.readArticle(english)).draftReason).toContain('$450 million')
  const asked = model.requests.length
  answerWith({ overview: 'Kraken pays in cash.' })
  expect(await ask(english, 'Say the price.')).toMatchObject({ kind: 'saved' })
  expect(model.requests.length).toBe(asked + 1)
  expect(read()).toContain('Kraken pays in cash.')
})

it('keeps what an editor writes while the model does, and loses neither text', async () => {
  const { ask, answerWith, fileOf, read } = await openHeld()
  answerWith(
    { title: 'By the model' },
    {
      whileWriting: () => writeFileSync(fileOf(english), `${read()}\nBy a person.\n`),
    },
  )
  const outcome = await ask(english, 'Another title.')
  expect(read()).toContain('By a person.')
  expect(read()).not.toContain('By the model')
  expect(outcome).toMatchObject({
    kind: 'conflict',
    conflict: {
      ours: expect.stringContaining('By the model'),
      theirs: expect.stringContaining('By a person.'),
    },
  })
})

it('translates again from the original, and says so where that has another form', async () => {
  const { fixture, desk, ask, answerWith } = await openHeld()
  await approveArticle(desk, { path: english, by: olha })
  await fixture.ingest()
  answerWith({})
  const note = 'Translate the title word for word.'
  expect(await ask(ukrainian, note)).toMatchObject({ kind: 'saved' })
  const translation = await fixture.readArticle(ukrainian)
  expect(translation).toMatchObject({ draft: true, ai: { translatedFrom: 'en' } })
  // The answer was English: the same check as for any translation.
  expect(translation.draftReason).not.toContain('The model has written this again')
  await fixture.edit(english, (text) => text.replace(/^## .*$/m, '## Something else'))
  await expect(ask(ukrainian, note)).rejects.toThrow('has another form')
})

it('refuses, before anything is paid for, what it could not put into the file', async () => {
  const { model, desk, ask, fileOf, read } = await openHeld()
  const asked = model.requests.length
  const reasonsOf = async (note: string) => {
    const outcome = await ask(english, note)
    return outcome.kind === 'refused' ? outcome.reasons : outcome.kind
  }
  expect(await reasonsOf(' \n')).toEqual(['Say what the model is to do differently.'])
  expect(await reasonsOf('x'.repeat(2001))).toEqual(['The note has more than 2000 characters.'])
  expect(await ask(english, 'x', 'another digest')).toMatchObject({ kind: 'conflict' })
  const titled = read()
  writeFileSync(fileOf(english), titled.replace(/^title: (.*)$/m, 'title: &t $1'))
  await expect(ask(english, 'x')).rejects.toThrow('title cannot be changed here')
  writeFileSync(fileOf(english), titled)
  await approveArticle(desk, { path: english, by: olha })
  expect(await reasonsOf('x')).toEqual(['Only a draft is written again.'])
  expect(model.requests.length).toBe(asked)
})

it('says why there is no answer: the budget, the endpoint, an answer of no use, no story', async () => {
  const spent = await openHeld({ costs: { requestsPerDay: 1 } })
  await expect(spent.ask(english, 'x')).rejects.toThrow('What a day may cost is spent')
  expect(spent.model.requests).toHaveLength(1)

  const { model, fixture, ask, fileOf, read } = await openHeld()
  model.behave(() => 'Sure! Here is your article.')
  await expect(ask(english, 'x')).rejects.toThrow("The model's answer cannot be used")
  model.behave(() => ({
    answer: (_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{}}')
    },
  }))
  await expect(ask(english, 'x')).rejects.toThrow('LLM_API_KEY')
  const own = english.replace('kraken', 'own')
  writeFileSync(fileOf(own), read())
  await expect(ask(own, 'x')).rejects.toThrow('nothing to write from')
  fixture.env.model = undefined
  await expect(ask(english, 'x')).rejects.toThrow('No model is configured')
})
