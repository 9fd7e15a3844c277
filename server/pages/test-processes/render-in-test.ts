import type { RenderProcessMessage, RenderProcessRequest } from '../render-messages.ts'

/**
 * Stands in for the process that renders, in tests. The path of a page says what becomes of it: `/hang`
 * blocks for good, `/suppressed` counts what is suppressed, `/crash` ends the process, `/fail` fails, `/search` asks its parent, every other
 * comes back as its body.
 */
const tell = (message: RenderProcessMessage) => void process.send?.(message)
const waiting = new Map<number, number>()
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
  if (task.kind !== 'render') return tell({ kind: 'answer', number, answer: undefined })
  const { path } = task.request
  if (path.startsWith('/hang')) while (true);
  if (path === '/crash') process.exit(7)
  if (path === '/suppressed') return answer(number, `${suppressed} suppressed`)
  if (path === '/fail') return tell({ kind: 'failure', number, reason: 'it cannot be rendered' })
  if (path === '/damage') tell({ kind: 'damage', reason: 'a row is broken' })
  if (path === '/search') {
    waiting.set(1, number)
    const query = { locale: 'en' as const, text: 'a', page: 1, pageSize: 1 }
    return tell({ kind: 'search', number: 1, query })
  }
  answer(number, `${path} ${process.pid}`)
})
tell({ kind: 'ready' })

function answer(number: number, text: string): void {
  const rendering = { status: 200, contentType: 'text/html', body: Buffer.from(text), answers: [] }
  tell({ kind: 'answer', number, answer: rendering })
}
