import { z } from 'zod'
import { filterChoices, filterNames } from '#lib/site/addresses/article-filter.ts'
import { site } from '#lib/site/site.ts'
import { apiPaths, articleList, searchAnswer } from './answers.ts'
import { apiArticle } from './api-article.ts'
import { articleParameters, listParameters, searchParameters } from './request-parameters.ts'
import { problem } from './send-answer.ts'

const schemas = {
  Article: apiArticle,
  ArticleList: articleList,
  SearchAnswer: searchAnswer,
  Problem: problem,
}
type SchemaName = keyof typeof schemas

const refersTo = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` })

/**
 * The API in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html). Schemas and parameters are those
 * that the code checks by. `siteUrl` is an origin without a trailing slash.
 */
export function openApi(siteUrl: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: `${site().name} API`,
      version: '1',
      description:
        'What is published, to read. No key is needed. Answers carry an ETag: ask again with If-None-Match and hear 304 when nothing changed. Fields may be added.',
    },
    servers: [{ url: siteUrl }],
    paths: {
      [apiPaths.articles]: {
        get: operation({
          id: 'listArticles',
          summary: 'Articles by category, tag, source and sentiment, newest first',
          parameters: [...toParameters(listParameters), ...filterParameters()],
          answer: 'ArticleList',
          statuses: [400],
        }),
      },
      [`${apiPaths.articles}/{slug}`]: {
        get: operation({
          id: 'findArticle',
          summary: 'One article',
          parameters: [
            { name: 'slug', in: 'path', required: true, schema: { type: 'string' } },
            ...toParameters(articleParameters),
          ],
          answer: 'Article',
          statuses: [308, 400, 404, 410],
        }),
      },
      [apiPaths.search]: {
        get: operation({
          id: 'searchArticles',
          summary: 'Full-text search, narrowed down by conditions and counted by them',
          parameters: [...toParameters(searchParameters), ...filterParameters()],
          answer: 'SearchAnswer',
          statuses: [400, 503],
        }),
      },
    },
    components: { schemas: toComponents() },
  }
}

const meanings: Record<number, string> = {
  304: 'Nothing changed.',
  308: 'Renamed: `Location` leads there.',
  400: 'A parameter is unknown or not usable.',
  404: 'There is no such article.',
  410: 'Withdrawn.',
  503: 'Busy: `Retry-After` says for how long.',
}

function operation({
  id,
  summary,
  parameters,
  answer,
  statuses,
}: {
  id: string
  summary: string
  parameters: object[]
  answer: SchemaName
  statuses: number[]
}) {
  const problems = statuses.map((status) => [
    status,
    {
      description: meanings[status],
      content: { 'application/problem+json': { schema: refersTo('Problem') } },
    },
  ])
  return {
    operationId: id,
    summary,
    parameters,
    responses: {
      200: {
        description: schemas[answer].description,
        headers: { ETag: { schema: { type: 'string' } } },
        content: { 'application/json': { schema: refersTo(answer) } },
      },
      304: { description: meanings[304] },
      ...Object.fromEntries(problems),
    },
  }
}

function toParameters(schema: z.ZodObject): object[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, described]) => {
    const { description, ...shape } = typeof described === 'object' ? described : {}
    return { name, in: 'query', required: required.includes(name), description, schema: shape }
  })
}

function filterParameters(): object[] {
  return filterNames.map((name) => ({
    name,
    in: 'query',
    required: false,
    description: 'Only articles that meet this and every other condition.',
    schema: filterChoices[name] ? { enum: filterChoices[name] } : { type: 'string' },
  }))
}

/** Each schema once, referring to the others by name. */
function toComponents(): Record<string, object> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(
    Object.entries(made.schemas).map(([name, { $id, $schema, ...schema }]) => [name, schema]),
  )
}
