/** Something in a Markdown text that would take too long to render. `line` is 1-based in the text. */
export type CostlyMarkdown = { line: number; found: string; expected: string }

export function findCostlyMarkdown(markdown: string): CostlyMarkdown | undefined {
  return undefined
}
