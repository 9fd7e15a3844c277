/** Two stories, headline and first sentences each, and whether they tell of the same event. */
export type LabelledPair = {
  isSame: boolean
  a: [title: string, lead: string]
  b: [title: string, lead: string]
}
