import { rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openFeedFixture, story, storyPath } from '#bench/evals/test-servers/open-feed-fixture.ts'
import { openModelFixture } from '#bench/evals/test-servers/open-model-fixture.ts'
import { behaveWell } from '#bench/evals/test-servers/serve-model.ts'

describe('a story that changes upstream', () => {
  const changed = { ...story, text: story.text.replace('five wallets', 'six wallets') }

  it('updates its article and keeps its address, date and other reporters', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    offer([{ ...changed, title: 'Tether freezes $12 million in six wallets' }])
    fixture.setNow('2026-11-20T15:00:00.000Z')
    const report = await fixture.ingest()
    expect(report.sources[0]).toMatchObject({ changed: 1 })
    expect(report.articles).toMatchObject({ updated: 1 })
    expect(await fixture.listFiles()).toEqual([storyPath])
    const article = await fixture.readArticle(storyPath)
    expect(article.title).toBe('Tether freezes $12 million in six wallets')
    expect(article.publishedAt).toBe('2026-11-20T09:00:00.000Z')
    expect(article.updatedAt).toBe('2026-11-20T15:00:00.000Z')
  })

  it('does not when only markup and advertising have changed', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    offer([{ ...story, text: `<div class="v2"><p>${story.text}</p></div><img src="/ad?2">` }])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ changed: 0, duplicate: 1 })
  })

  it('leaves alone what a person has edited, with and without the data folder', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    await fixture.edit(storyPath, (text) => text.replace('Tether freezes', 'Tether has frozen'))
    const edited = await fixture.readText(storyPath)
    offer([changed])
    expect((await fixture.ingest()).articles).toMatchObject({ updated: 0, leftToPeople: 1 })
    expect(await fixture.readText(storyPath)).toBe(edited)
    await rm(fixture.dataDir, { recursive: true })
    await fixture.ingest()
    expect(await fixture.readText(storyPath)).toBe(edited)
  })

  it('is noticed after the data folder was lost', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    await rm(fixture.dataDir, { recursive: true })
    offer([changed])
    expect((await fixture.ingest()).articles).toMatchObject({ updated: 1 })
  })

  it('leaves what readers have as it is when it cannot be rewritten', async () => {
    const { fixture, model, offer } = await openModelFixture(undefined, [story])
    await fixture.ingest()
    const before = await fixture.readText(storyPath)
    model.behave((asked) => behaveWell(asked).replaceAll('Tron', 'Solana'))
    offer([changed])
    const report = await fixture.ingest()
    expect(report.problems).toEqual([expect.stringMatching(/stays as it was.*Solana/)])
    expect(await fixture.readText(storyPath)).toBe(before)
  })

  it('is translated again', async () => {
    const { fixture, offer } = await openModelFixture(undefined, [story])
    await fixture.ingest()
    const translation = storyPath.replace('/en/', '/uk/')
    const before = await fixture.readText(translation)
    offer([changed])
    expect((await fixture.ingest()).articles).toMatchObject({ updated: 1, translated: 1 })
    expect(await fixture.readText(translation)).not.toBe(before)
  })
})

describe('an excerpt', () => {
  it('names its source, links to it, and quotes a part of the text only', async () => {
    const { fixture } = await openFeedFixture()
    await fixture.ingest()
    const article = await fixture.readArticle(storyPath)
    expect(article.body).toContain('Wire reports:')
    expect(article.body).toContain(`(<${story.url}>)`)
    expect(article.body).not.toContain('Valencia')
    expect(article).toMatchObject({ ai: undefined, noindex: true, draft: false })
    expect(await fixture.readText(storyPath)).toContain('ai:\n  rewritten: false\n')
  })

  it('is a draft when the policy says so', async () => {
    const { fixture } = await openFeedFixture()
    fixture.settings.withoutModel = 'draft'
    await fixture.ingest()
    expect((await fixture.readArticle(storyPath)).draftReason).toMatch(/no model/)
  })
})
