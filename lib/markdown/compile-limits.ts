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

/**
 * Whether compiling a body may exceed the limit, so that it has to be tried. False of nearly every
 * article, and quick to see: text is searched for marks, not looked at character by character.
 */
export function mayTakeLong(markdown: string): boolean {
  return (
    markdown.length > most.length ||
    deep.test(markdown) ||
    hasMore(markdown, '\n', most.lines) ||
    mostMarks.some(([marks, count]) => hasMore(markdown, marks, count)) ||
    hasLongParagraph(markdown) ||
    hasLongWord(markdown)
  )
}

/** Whether a text has more than `count` of some characters. */
function hasMore(text: string, characters: string, count: number): boolean {
  if (text.length <= count) return false
  let found = 0
  for (const one of characters) {
    for (let at = text.indexOf(one); at !== -1; at = text.indexOf(one, at + 1)) found += 1
    if (found > count) return true
  }
  return false
}

function hasLongParagraph(text: string): boolean {
  let start = 0
  while (text.length - start > most.paragraph) {
    const end = text.indexOf('\n\n', start + 1)
    if (end === -1 || end - start > most.paragraph) return true
    start = end
  }
  return false
}

function hasLongWord(text: string): boolean {
  let start = 0
  while (text.length - start > most.word) {
    let end = start + most.word
    while (end >= start && !isBlank(text.charCodeAt(end))) end -= 1
    if (end < start) return true
    start = end + 1
  }
  return false
}

const isBlank = (code: number) => code === 0x20 || code === 0x0a || code === 0x09
