/** One figure of a bench run. */
export type Measurement = { section: string; name: string; value: number; unit: string }

/** Runs an action often and answers the median time of one run, in milliseconds. */
export async function medianMilliseconds(
  times: number,
  action: (run: number) => unknown,
): Promise<number> {
  const taken: number[] = []
  for (let run = 0; run < times; run += 1) {
    const startedAt = performance.now()
    await action(run)
    taken.push(performance.now() - startedAt)
  }
  return median(taken)
}

export async function milliseconds(action: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await action()
  return performance.now() - startedAt
}

/** 0 for no values. */
export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** The value that this share of the others does not exceed; 0 for no values. */
export function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0
}

export function formatMeasurements(measurements: Measurement[]): string {
  const width = Math.max(...measurements.map(({ name }) => name.length))
  const lines = measurements.map(({ section, name, value, unit }, place) => {
    const heading = section === measurements[place - 1]?.section ? '' : `\n${section}\n`
    const digits = value >= 100 ? 0 : value >= 1 ? 2 : 3
    return `${heading}  ${name.padEnd(width)}  ${value.toFixed(digits).padStart(9)} ${unit}`
  })
  return lines.join('\n')
}
