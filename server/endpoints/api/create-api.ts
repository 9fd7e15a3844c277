import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ApiSite, apiPaths, findArticle, listArticles, searchArticles } from './answers.ts'
import { openApi } from './open-api.ts'
import { ProblemError } from './problem.ts'
import { sendAnswer, sendPreflight, sendProblem } from './send-answer.ts'

type Answer = (given: URLSearchParams) => object | Promise<object>
type Endpoint = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * The read-only JSON API: finds the endpoint of a path, or undefined for paths that are not of the API.
 * It answers from the index and shows what that shows, and is described by `open-api.ts`.
 */
export function createApi(site: ApiSite): (pathname: string) => Endpoint | undefined {
  const description = openApi(site.siteUrl)
  const fixed = new Map<string, Answer>([
    [apiPaths.articles, (given) => listArticles(given, site)],
    [apiPaths.search, (given) => searchArticles(given, site)],
    [apiPaths.openApi, () => description],
  ])

  return (pathname) => {
    if (!pathname.startsWith('/api/')) return undefined
    const answer = fixed.get(pathname) ?? toArticleAnswer(pathname, site)
    return (request, response) => respond(request, response, answer)
  }
}

/** Of any other address, what is said to programs: in JSON as well. */
function toArticleAnswer(pathname: string, site: ApiSite): Answer {
  const [, encoded] = /^\/api\/articles\/([^/]+)$/.exec(pathname) ?? []
  return (given) => {
    if (encoded !== undefined) return findArticle(decode(encoded), given, site)
    throw new ProblemError(404, `There is nothing here; ${apiPaths.openApi} says what there is.`)
  }
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    throw new ProblemError(400, 'The address has a broken percent-encoding.')
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  if (request.method === 'OPTIONS') return sendPreflight(response)
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new ProblemError(405, 'This can only be read.', { allow: 'GET, HEAD, OPTIONS' })
    }
    const [, query] = (request.url ?? '').split('#', 1)[0]?.split(/\?(.*)/s) ?? []
    await sendAnswer(request, response, await answer(new URLSearchParams(query)))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    sendProblem(request, response, error)
  }
}
