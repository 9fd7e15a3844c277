import type { z } from 'zod'

/** In characters: ten times what an article needs. */
const maxLength = 200_000

/**
 * The JSON in a model's answer, checked. Models put it between fences, or sentences around it; what is
 * cut off, or is no JSON, or has another shape, gives sentences that say what is wrong.
 */
export function parseAnswer<Kind extends z.ZodType>(
  content: string,
  kind: Kind,
): { value: z.output<Kind> } | { faults: string[] } {
  if (content.length > maxLength) {
    return { faults: [`The answer has more than ${maxLength} characters.`] }
  }
  const start = content.indexOf('{')
  const end = content.lastIndexOf('}')
  if (start === -1) return { faults: ['The answer is not JSON.'] }
  if (end < start) return { faults: ['The JSON breaks off.'] }
  let written: unknown
  try {
    written = JSON.parse(content.slice(start, end + 1))
  } catch {
    return { faults: ['The JSON cannot be read or breaks off.'] }
  }
  const result = kind.safeParse(written)
  if (result.success) return { value: result.data }
  return {
    faults: result.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'The answer'}: ${message}`,
    ),
  }
}
