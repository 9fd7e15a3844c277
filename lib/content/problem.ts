import { reasonOf } from '#lib/node/describe-error.ts'

/**
 * Something wrong in a content file, said so that the operator can find and mend it.
 * An error leaves the article out; a warning only asks for attention.
 */
export type Problem = {
  severity: 'error' | 'warning'
  /** Relative to the content folder, with forward slashes. */
  file: string
  /** 1-based line in the file. */
  line: number
  /** The front matter key (`coverImage.raw`), `body`, or `file` for the file as a whole. */
  field: string
  /** What stands there, shortened. */
  found: string
  /** What should stand there, as a phrase that completes "expected …". */
  expected: string
}

/** Thrown by `parseArticle` when a file cannot become an article. Carries warnings as well. */
export class InvalidArticleError extends Error {
  override name = 'InvalidArticleError'
  readonly problems: Problem[]

  constructor(problems: Problem[]) {
    super(problems.map(formatProblem).join('\n'))
    this.problems = problems
  }
}

/** One line for people: `articles/en/a.md:3 category found nothing, expected a category name`. */
export function formatProblem({ file, line, field, found, expected }: Problem): string {
  return `${file}:${line} ${field} found ${found}, expected ${expected}`
}

/** A problem of a file as a whole. */
export const toFileProblem = (
  severity: Problem['severity'],
  file: string,
  found: string,
  expected: string,
): Problem => ({ severity, file, line: 1, field: 'file', found, expected })

/** What is wrong with a file, from what reading it has thrown. */
export function toProblems(file: string, cause: unknown): Problem[] {
  if (cause instanceof InvalidArticleError) return cause.problems
  const found = reasonOf(cause)
  return [toFileProblem('error', file, found, 'a file that can be read')]
}
