import { readFileSync } from 'node:fs'

/**
 * Processor time in ms that a process has used so far, or its first thread alone: fields 14 and 15 of
 * Linux's `/proc/<pid>/stat` (proc(5)), which count ticks of 10 ms. Undefined where the system does not say.
 */
export function readProcessorTime(pid: number, of: 'process' | 'first thread'): number | undefined {
  const path = of === 'process' ? `/proc/${pid}/stat` : `/proc/${pid}/task/${pid}/stat`
  try {
    const stat = readFileSync(path, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined
  }
}
