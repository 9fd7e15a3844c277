/** There is more to do than can be done soon: to be asked again in a few seconds. */
export class BusyError extends Error {
  override name = 'BusyError'
}

/** The limits of one kind of work. The kinds are called lanes, because each has places of its own. */
export type Lane = {
  /** How many of this kind are under way at once. */
  mostRunning: number
  /** How many more may wait for their turn. */
  mostWaiting: number
}

type Waiting = { lane: string; start: () => void }

/** Work that waits for something else gives its place to others; `pause` and `resume` come in turn. */
export type Turn = { pause(): void; resume(): void }

/**
 * Runs work in lanes, at most `mostRunning` in all: the earlier lanes have their turn first, and none
 * has more places than its own. Work that resumes goes on at once, also when all places are taken. Work
 * that finds no place to wait rejects with `BusyError`; paused work takes one.
 */
export function createTaskQueue<Name extends string>(
  lanes: Record<Name, Lane>,
  { mostRunning }: { mostRunning: number },
): {
  run<Result>(lane: Name, work: (turn: Turn) => Promise<Result>): Promise<Result>
  waiting(): number
} {
  const names = Object.keys(lanes) as Name[]
  const running = new Map<string, number>()
  const paused = new Map<string, number>()
  const waiting: Waiting[] = []
  const change = (counts: Map<string, number>, lane: string, by: number) =>
    counts.set(lane, (counts.get(lane) ?? 0) + by)
  const count = (lane: string) => running.get(lane) ?? 0
  const total = () => names.reduce((sum, name) => sum + count(name), 0)
  const hasPlace = (lane: Name) => total() < mostRunning && count(lane) < lanes[lane].mostRunning

  function startNext(): void {
    for (const name of names) {
      while (hasPlace(name)) {
        const at = waiting.findIndex(({ lane }) => lane === name)
        if (at === -1) break
        const [next] = waiting.splice(at, 1)
        change(running, name, 1)
        next?.start()
      }
    }
  }

  return {
    async run(lane, work) {
      if (!hasPlace(lane)) {
        const sameLane = waiting.filter((one) => one.lane === lane).length + (paused.get(lane) ?? 0)
        if (sameLane >= lanes[lane].mostWaiting) throw new BusyError(`too much ${lane} at once`)
        await new Promise<void>((start) => waiting.push({ lane, start }))
      } else change(running, lane, 1)
      let isPaused = false
      const setPaused = (value: boolean) => {
        if (isPaused === value) return
        isPaused = value
        change(paused, lane, value ? 1 : -1)
        change(running, lane, value ? -1 : 1)
        if (value) startNext()
      }
      try {
        return await work({ pause: () => setPaused(true), resume: () => setPaused(false) })
      } finally {
        setPaused(false)
        change(running, lane, -1)
        startNext()
      }
    },
    waiting: () => waiting.length,
  }
}
