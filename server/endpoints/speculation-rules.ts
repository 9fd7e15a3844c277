import { locales } from '#lib/site/locales.ts'
import { feedFiles, feedOutlineFile, searchPath } from '#lib/site/routes.ts'
import { cacheControl } from '../http/headers.ts'
import type { Endpoint } from '../http/send.ts'
import { sendText } from '../http/send-document.ts'

/** Where the module of every page fetches these rules. */
export const speculationRulesPath = '/speculation-rules.json'

/**
 * Which links a browser may fetch before they are followed: pages of ours, when a reader is about to
 * (the pointer rests on the link, or a finger touches it). Not search, which nobody keeps, and no files.
 */
const rules = {
  prefetch: [
    {
      eagerness: 'moderate',
      where: {
        and: [
          { href_matches: '/*' },
          ...locales.map((locale) => except(`${searchPath(locale)}*`)),
          ...['/_next/*', '/api/*', '/preview/*', '/prints/*'].map(except),
          ...[...Object.values(feedFiles), feedOutlineFile].map((file) => except(`/*${file}*`)),
        ],
      },
    },
  ],
}

function except(pattern: string) {
  return { not: { href_matches: pattern } }
}

/** Word for word what the module puts into the page: the policy of pages names its digest. */
export const speculationRules = JSON.stringify(rules)

export const sendSpeculationRules: Endpoint = (exchange) =>
  sendText(exchange, {
    contentType: 'application/speculationrules+json',
    cacheControl: cacheControl.rules,
    body: speculationRules,
  })
