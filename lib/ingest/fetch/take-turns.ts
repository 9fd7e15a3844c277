import { setTimeout as wait } from 'node:timers/promises'

/** Runs work for a host when it is its turn. */
export type Turns = <Result>(
  host: string,
  pauseMs: number,
  work: () => Promise<Result>,
) => Promise<Result>

/**
 * One request at a time per host, with a pause after each; `atOnce` hosts at a time. Work of one host
 * is done in the order in which it came.
 */
export function takeTurns(atOnce: number): Turns {
  const lines = new Map<string, Promise<unknown>>()
  const waiting: (() => void)[] = []
  let free = atOnce

  async function enter(): Promise<void> {
    if (free > 0) {
      free -= 1
      return
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  async function run<Result>(work: () => Promise<Result>): Promise<Result> {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
  return (host, pauseMs, work) => {
    const before = lines.get(host)
    const mine = (before ?? Promise.resolve()).then(() => run(work))
    const line: Promise<void> = mine
      .then(
        () => wait(pauseMs),
        () => wait(pauseMs),
      )
      .then(() => {
        if (lines.get(host) === line) lines.delete(host)
      })
    lines.set(host, line)
    return mine
  }
}
