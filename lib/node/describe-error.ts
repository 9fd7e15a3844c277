/** The message of what was thrown, whatever that is. */
export const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause)

/** The code of an error of Node, such as `ENOENT`; empty for everything else. */
export const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : ''
