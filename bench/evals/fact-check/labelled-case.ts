/** A text made from a story, and which of its facts do not stand there. */
export type LabelledCase = {
  story: string
  text: string
  /** As they are written in the text. */
  invented: string[]
}
