/**
 * The tokenizer ends a word at an apostrophe, so that `п’ять` would be two. It passes over some
 * combining marks inside a word, though: each kind of apostrophe gets one that no text of ours has.
 */
const marks: Record<string, string> = {
  "'": '\u030F',
  '’': '\u0311',
  ʼ: '\u0330',
  '`': '\u032E',
}
const apostrophes = Object.fromEntries(Object.entries(marks).map(([from, to]) => [to, from]))

const inWord = /(?<=[\u0400-\u04FF])['’ʼ`](?=[\u0400-\u04FF])/g
const marked = /[\u030F\u0311\u0330\u032E]/

/**
 * Puts marks in place of apostrophes inside Cyrillic words: to the full-text index `п’ять`, `п'ять` and
 * `пять` are then one word. Length and everything else stay. A text that has such marks of its own is
 * left as it is.
 */
export function hideApostrophes(text: string): string {
  return marked.test(text) ? text : text.replace(inWord, (one) => marks[one] ?? one)
}

/** The apostrophes again, where `original`, the text before, had no such marks of its own. */
export function showApostrophes(hidden: string, original: string): string {
  if (marked.test(original)) return hidden
  return hidden.replace(new RegExp(marked, 'g'), (one) => apostrophes[one] ?? one)
}
