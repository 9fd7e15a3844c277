import type { EndpointRules } from './endpoint-rules.ts'
import { type Answer, serve, type TestServer } from './serve.ts'

/** What a request to the model holds, as far as a pretended model needs it. */
export type Asked = {
  /** The story or the parts, as JSON. */
  material: Record<string, unknown>
  isTranslation: boolean
  /** How often this conversation has been sent back for repair. */
  repairs: number
}

/** A behaviour: the text of the answer, or an answer of another kind altogether. */
export type Behaviour = (asked: Asked) => string | { answer: Answer }

/**
 * A server that speaks the chat completions protocol. It behaves well unless it is given a behaviour: it
 * rewrites a story with its own sentences, and translates by writing Ukrainian words for the English ones.
 * With `rules` it refuses what an endpoint with these rules refuses.
 */
export async function serveModel(
  behave: Behaviour = behaveWell,
  rules: EndpointRules = () => undefined,
): Promise<TestServer & { behave(next: Behaviour): void; baseUrl: string }> {
  let behaviour = behave
  const server = await serve({
    '/v1/chat/completions': async (request, response) => {
      const body = server.requests.at(-1)?.body ?? '{}'
      const { messages, model, response_format: responseFormat } = JSON.parse(body)
      const key = (request.headers.authorization ?? '').replace(/^Bearer /, '')
      const refusal = rules({ key, model, responseFormat })
      if (refusal) {
        response.writeHead(refusal.status, { 'content-type': 'application/json' })
        return response.end(JSON.stringify(refusal.body))
      }
      const material = JSON.parse(messages[1].content)
      const isTranslation = !('text' in material)
      const repairs = messages.filter((one: { role: string }) => one.role === 'assistant').length
      const said = behaviour({ material, isTranslation, repairs })
      if (typeof said !== 'string') return said.answer(request, response)
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          id: 'x',
          object: 'chat.completion',
          created: 1,
          model: 'pretended',
          choices: [
            { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: said } },
          ],
          usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
        }),
      )
    },
  })
  return {
    ...server,
    baseUrl: `${server.url}/v1`,
    behave(next) {
      behaviour = next
    },
  }
}

/** An article that says only what the story says, or its translation. */
export function behaveWell({ material, isTranslation }: Asked): string {
  return JSON.stringify(isTranslation ? translate(material) : rewrite(material))
}

/** What a well-behaved model makes of a story; tests change what they need. */
export function rewrite(material: Record<string, unknown>): Record<string, unknown> {
  const title = String(material.title)
  const text = String(material.text).replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const sentences = text.match(/[^.!?]+[.!?]+/g) ?? [text]
  return {
    title,
    description: sentences[0]?.trim() ?? title,
    overview: sentences[0]?.trim() ?? title,
    whatHappened: sentences.join(' ').replace(/\s+/g, ' ').trim(),
    whyItMatters: 'It may matter to those who hold and trade such assets.',
    impact: ['Others may follow.', 'The effect may be small.'],
    category: 'BUSINESS',
    tags: ['EXCHANGE'],
    sentiment: 'NEUTRAL',
    photoSubject: 'office building',
  }
}

function translate(material: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(material).map(([key, value]) => [
      key,
      Array.isArray(value)
        ? value.map((one) => toUkrainian(String(one)))
        : toUkrainian(String(value)),
    ]),
  )
}

const words = new Map(
  Object.entries({
    million: 'млн',
    billion: 'млрд',
    January: 'січня',
    February: 'лютого',
    March: 'березня',
    April: 'квітня',
    Tuesday: 'вівторок',
    Wednesday: 'середу',
    Thursday: 'четвер',
    Friday: 'п’ятницю',
    not: 'не',
    no: 'без',
    never: 'ніколи',
    without: 'без',
    two: 'два',
    three: 'три',
    four: 'чотири',
    five: 'п’ять',
    fell: 'впав',
    rose: 'зріс',
  }),
)
const fillers =
  'який було під час своєї роботи ринок також потім дуже багато людей вже могли цього разу бачити навіть кожен'.split(
    ' ',
  )

/**
 * No translation, but Ukrainian words of its length with its names, numbers and marks: a word with a
 * capital inside a sentence stays as it is.
 */
function toUkrainian(text: string): string {
  let number = 0
  return text.replace(/[A-Za-z][A-Za-z’'-]*/g, (word, at: number) => {
    const known = words.get(word) ?? words.get(word.toLowerCase())
    if (known !== undefined) return known
    const isFirst = /(?:^|[.!?\n]\s*["“«]?)$/.test(text.slice(0, at))
    const isName = /[A-Z]/.test(word) && (!isFirst || /^[A-Z]{2}|[a-z][A-Z]/.test(word))
    if (isName || /\d$/.test(text.slice(0, at))) return word
    number += 1
    const filler = fillers[number % fillers.length] ?? ''
    return isFirst ? filler.charAt(0).toUpperCase() + filler.slice(1) : filler
  })
}
