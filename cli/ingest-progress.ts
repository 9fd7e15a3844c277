/** Prints the current step. */
export type Progress = { say(line: string): void; clear(): void }

/** On a terminal one line that is overwritten; elsewhere one line for each message. */
export function openProgress(
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>,
): Progress {
  if (!stream.isTTY) return { say: (line) => void stream.write(`${line}\n`), clear: () => {} }
  const eraseLine = '\r\u001B[K'
  return {
    say(line) {
      stream.write(eraseLine + line.slice(0, (stream.columns || 80) - 1))
    },
    clear() {
      stream.write(eraseLine)
    },
  }
}
