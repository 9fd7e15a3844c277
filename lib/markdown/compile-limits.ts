/** What compiling a body may take when its file is read; a body that needs more is refused. */
export const compileLimits = {
  /**
   * CPU time of one thread, in ms. Prose of 2 MB takes a second on a quiet core of 2026. Threads that
   * share a core use up to twice as much for the same work, and the first body of a thread half as
   * much again: whatever takes a second is not refused because the machine is busy.
   */
  cpuMs: 3000,
  /**
   * The heap of that thread. A large young generation saves a third of the time for a megabyte,
   * because less of what is soon let go is moved.
   */
  memory: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 },
}

/**
 * A body with no more of anything than this is compiled well within the limit, whatever it is: what the
 * parser does with any of it grows at most with the square of the count, with the cube for `@`. Lengths
 * in UTF-16 code units; a word is what stands between white space, a paragraph what stands between blank
 * lines: after a bracket that is not closed, the parser looks back to it from every word.
 */
const most = { length: 64 * 1024, paragraph: 8000, lines: 400, word: 1000 }
const mostMarks: [marks: string, most: number][] = [
  ['@', 50],
  ['|', 200],
  ['<&`\\', 200],
  ['*_~', 400],
  ['[]', 200],
  ['!"#$%\'()+,-./:;=?^{}', 6000],
]

/** Quotes and lists that may stand in each other deeply. */
const deep = /^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*){12}|^[ \t]{20}/m

/** Which of the marks an ASCII character is, from 1; 0 for none. */
const kinds = new Uint8Array(128)
for (const [at, [marks]] of mostMarks.entries()) {
  for (const mark of marks) kinds[mark.charCodeAt(0)] = at + 1
}

/**
 * Whether compiling a body may exceed the limit, so that it has to be tried. False of nearly every
 * article, and quick to see: about a nanosecond a character.
 */
export function mayTakeLong(markdown: string): boolean {
  if (markdown.length > most.length || deep.test(markdown)) return true
  const counts = new Uint32Array(mostMarks.length + 1)
  let lines = 0
  let wordStart = 0
  let paragraphStart = 0
  for (let at = 0; at < markdown.length; at += 1) {
    const code = markdown.charCodeAt(at)
    if (code === 0x0a) {
      lines += 1
      if (at - paragraphStart > most.paragraph) return true
      if (markdown.charCodeAt(at + 1) === 0x0a) paragraphStart = at
    }
    if (code === 0x20 || code === 0x0a || code === 0x09) {
      if (at - wordStart > most.word) return true
      wordStart = at + 1
    } else if (code < 128) {
      const kind = kinds[code] ?? 0
      counts[kind] = (counts[kind] ?? 0) + 1
    }
  }
  const isLongWord = markdown.length - wordStart > most.word
  return (
    isLongWord ||
    markdown.length - paragraphStart > most.paragraph ||
    lines > most.lines ||
    mostMarks.some(([, count], at) => (counts[at + 1] ?? 0) > count)
  )
}
