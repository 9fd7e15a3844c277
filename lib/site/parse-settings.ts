import { z } from 'zod'
import type { Environment } from './read-environment.ts'

/** What the manual says of a setting. */
export type Setting = { name: string; description: string; default: string | undefined }

const jsonSchema = z.object({
  properties: z.record(
    z.string(),
    z.object({
      description: z.string(),
      default: z.union([z.string(), z.number()]).optional(),
    }),
  ),
})

/** Every setting of a schema, in its order. Throws when one has no description. */
export function listSettings(schema: z.ZodObject): Setting[] {
  const { properties } = jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' }))
  return Object.entries(properties).map(([name, { description, default: value }]) => ({
    name,
    description,
    default: value === undefined ? undefined : String(value),
  }))
}

/**
 * Every setting that is not set, as an empty variable: `.env` files cannot change what a process does
 * that is started with these. For tests and measurements.
 */
export function blankSettings(settings: Setting[], environment: Environment) {
  const unset = settings.filter(({ name }) => environment[name] === undefined)
  return Object.fromEntries(unset.map(({ name }) => [name, '']))
}

const namesSecret = (name: string) => /_(?:SECRET|TOKEN|KEY)$/.test(name)

/**
 * Reads settings from variables; an empty one counts as not set. Throws an `Error` with a sentence for
 * every wrong variable: its value unless that is a secret, what is wrong with it, and its meaning.
 */
export function parseSettings<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
  isSecret: (name: string) => boolean = namesSecret,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const descriptions = new Map(listSettings(schema).map((one) => [one.name, one.description]))
  const sentences = result.error.issues.map(({ path, message }) => {
    const name = String(path[0])
    const value = isSecret(name) ? 'set but not usable' : quote(given[name])
    return `${name} is ${value}: ${message}. ${descriptions.get(name)}`
  })
  throw new Error([...new Set(sentences)].join('\n'))
}

/** A password in an address is a secret in whatever variable it stands. */
const quote = (value: string | undefined) => JSON.stringify(value?.replace(/\/\/.*@/s, '//***@'))

/** An http or https address that needs no password: `fetch` takes none, and messages would show it. */
export const httpAddress = z
  .url({ protocol: /^https?$/, error: 'it is not an http or https address', abort: true })
  .refine((address) => new URL(address).username + new URL(address).password === '', {
    error: 'it holds a user name or a password',
  })

/** An `httpAddress` with nothing after the host and the port; becomes `https://host`. */
export const httpOrigin = httpAddress
  .superRefine((address, { addIssue }) => {
    const { origin, pathname, href } = new URL(address)
    if (pathname !== '/') addIssue(`it has a path, ${pathname}`)
    const afterPath = href.slice(href.indexOf(origin) + origin.length + pathname.length)
    if (afterPath.startsWith('?')) addIssue('it has a query')
    else if (afterPath.startsWith('#')) addIssue('it has a hash')
  })
  .transform((address) => new URL(address).origin)
