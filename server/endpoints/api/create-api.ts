import type { Address } from '../../http/address.ts'
import type { Endpoint, Exchange } from '../../http/send.ts'
import { type ApiSite, apiPaths, findArticle, listArticles, searchArticles } from './answers.ts'
import { openApi } from './open-api.ts'
import { ProblemError, sendAnswer, sendPreflight, sendProblem } from './send-answer.ts'

type Answer = (given: URLSearchParams) => object | Promise<object>

/** Every method reaches the API, which says in JSON what it answers to. */
export const apiMethods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * The read-only JSON API: finds the endpoint of an address, or undefined for addresses that are not of
 * the API. It answers from the index and shows what that shows, and is described by `open-api.ts`.
 */
export function createApi(site: ApiSite): (address: Address) => Endpoint | undefined {
  const description = openApi(site.siteUrl)
  const fixed = new Map<string, Answer>([
    [apiPaths.articles, (given) => listArticles(given, site)],
    [apiPaths.search, (given) => searchArticles(given, site)],
    [apiPaths.openApi, () => description],
  ])

  return ({ path, segments }) => {
    if (segments[0] !== 'api') return undefined
    const answer = fixed.get(path) ?? toArticleAnswer(segments, site)
    return (exchange) => respond(exchange, answer)
  }
}

/** Other addresses below `/api` are answered in JSON as well. */
function toArticleAnswer([, room, slug, ...further]: readonly string[], site: ApiSite): Answer {
  return (given) => {
    if (room === 'articles' && slug !== undefined && further.length === 0) {
      return findArticle(slug, given, site)
    }
    throw new ProblemError(404, `There is nothing here; ${apiPaths.openApi} says what there is.`)
  }
}

async function respond(exchange: Exchange, answer: Answer): Promise<void> {
  const { request, address } = exchange
  if (request.method === 'OPTIONS') return sendPreflight(exchange)
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new ProblemError(405, 'This can only be read.', { allow: 'GET, HEAD, OPTIONS' })
    }
    await sendAnswer(exchange, await answer(new URLSearchParams(address.search)))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    sendProblem(exchange, error)
  }
}
