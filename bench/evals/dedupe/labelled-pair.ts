/** Two stories, headline and first sentences each, and whether they tell of the same event. */
export type LabelledPair = {
  isSame: boolean
  a: [title: string, gist: string]
  b: [title: string, gist: string]
}
