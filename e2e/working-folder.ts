import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** How many articles the category MARKETS has: two pages of a listing. */
export const marketNoteCount = 30

/**
 * A new temporary folder with a `content` that journeys may change: the fixture edition and a run of
 * small market notes, one a day from 1 March 2026.
 */
export function makeWorkingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-e2e-'))
  const content = join(folder, 'content')
  cpSync(resolve(import.meta.dirname, 'content'), content, { recursive: true })
  const march = join(content, 'articles/en/2026/03')
  mkdirSync(march, { recursive: true })
  for (let day = 1; day <= marketNoteCount; day += 1) {
    writeFileSync(join(march, `market-note-${day}.md`), toMarketNote(day))
  }
  return folder
}

function toMarketNote(day: number): string {
  const publishedAt = `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`
  return `---
title: Market note ${day}
description: 'What the market did on day ${day}, in one sentence.'
publishedAt: '${publishedAt}'
updatedAt: '${publishedAt}'
lang: en
externalId: '${910000 + day}'
source:
  name: Market Wire
  key: market_wire
  type: API
category: MARKETS
tags:
  - MARKET NOTES
stickyWeight: 0
sentiment: NEUTRAL
score: 0
draft: false
ai:
  rewritten: true
  expandedAt: '${publishedAt}'
  version: 1
---
The market moved on day ${day}.
`
}

/**
 * The wanted TCP port when nobody listens on it, else the next free one in steps of ten: who wants its
 * neighbour gets another. None of those that systems hand out to connections.
 */
export async function findFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 10_000; port += 10) {
    if (await isFree(port)) return port
  }
  throw new Error(`No port from ${wanted} on is free.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer()
    server.once('error', () => answer(false))
    server.listen(port, () => server.close(() => answer(true)))
  })
}
