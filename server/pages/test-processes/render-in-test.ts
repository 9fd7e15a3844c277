import type { RenderProcessMessage, RenderProcessRequest } from '../render-messages.ts'

/**
 * Replaces the process that renders, in tests. The path of a page says what happens: `/hang` blocks for
 * ever, `/slow` for four seconds, `/suppressed` counts what is suppressed, `/crash` ends the process,
 * `/fail` fails, `/search` asks its parent, `/wait` waits, as for threads, until the process was asked six
 * times whether it answers. Any other path is returned as the body.
 */
const tell = (message: RenderProcessMessage) => void process.send?.(message)
const waiting = new Map<number, number>()
const held: number[] = []
let pings = 0
let suppressed = 0

process.once('disconnect', () => process.exit())
process.on('message', (request: RenderProcessRequest) => {
  if (request.kind === 'stop') process.exit()
  if (request.kind === 'suppress') {
    suppressed = request.suppressed.length
    return
  }
  if (request.kind === 'search-results') {
    const number = waiting.get(request.number) ?? 0
    return answer(number, `found ${request.results?.hitCount ?? request.failure}`)
  }
  const { number, task } = request
  if (task.kind !== 'render') {
    tell({ kind: 'answer', number, answer: undefined })
    pings += 1
    if (held.length > 0 && pings >= 6) release()
    return
  }
  const { path } = task.request
  if (path.startsWith('/hang')) while (true);
  if (path === '/slow') {
    const until = Date.now() + 4000
    while (Date.now() < until);
  }
  if (path === '/crash') process.exit(7)
  if (path === '/suppressed') return answer(number, `${suppressed} suppressed`)
  if (path === '/fail') return tell({ kind: 'failure', number, reason: 'it cannot be rendered' })
  if (path === '/damage') tell({ kind: 'damage', reason: 'a row is broken' })
  if (path === '/wait') {
    if (held.length === 0) pings = 0
    held.push(number)
    return tell({ kind: 'waiting', number, isWaiting: true })
  }
  if (path === '/log') tell({ kind: 'log', level: 'error', message: 'From there.', facts: {} })
  if (path === '/search') {
    waiting.set(1, number)
    const query = { locale: 'en' as const, text: 'a', page: 1, pageSize: 1 }
    return tell({ kind: 'search', number: 1, query })
  }
  answer(number, `${path} ${process.pid}`)
})
tell({ kind: 'ready' })

function release(): void {
  for (const number of held.splice(0)) {
    tell({ kind: 'waiting', number, isWaiting: false })
    answer(number, `waited ${process.pid}`)
  }
}

function answer(number: number, text: string): void {
  const rendering = { status: 200, contentType: 'text/html', body: Buffer.from(text), answers: [] }
  tell({ kind: 'answer', number, answer: rendering })
}
