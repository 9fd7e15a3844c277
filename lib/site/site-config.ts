import { z } from 'zod'
import { toContactUri } from './env.ts'
import { nearest } from './nearest.ts'
import { httpAddress } from './parse-settings.ts'
import { fixedSegments } from './plain-pages.ts'
import { toSegment } from './segment.ts'
import type { Site } from './site.ts'
import { coloursSchema, completeColours, defaultColours } from './theme-colours.ts'

/** Longest text of the configuration as JSON, in bytes: it passes through one environment variable. */
const mostBytes = 100_000

const language = z
  .string()
  .regex(/^[a-z]{2,3}$/, { error: 'a language code of two or three small letters, such as en' })
  .refine((code) => !fixedSegments.includes(code), {
    error: 'another language code: the site itself answers at an address of this name',
  })

/** A text in each language, or one for all of them. A language without one has the default one's. */
const text = z.union([z.string().min(1), z.record(language, z.string().min(1))], {
  error: 'a text, or a text for each language: { en: "…" }',
})

const mailOrPage = z.string().regex(/^(?:https:\/\/\S+|(?:mailto:)?[^\s@:/]+@[^\s@:/]+)$/, {
  error: 'an e-mail address or an https page',
})

const fontList = z.string().regex(/^[\p{L}\p{N} ,'"-]+$/u, {
  error: 'a list of font families as in CSS, such as "Inter, sans-serif"',
})

/** As it may stand in a Content-Security-Policy, where `;` and `,` would begin another rule. */
const isPlainOrigin = (text: string) =>
  /^https:\/\/[a-z0-9.-]+(?::\d+)?$/.test(text) && URL.canParse(text)

const host = z
  .string()
  .refine(isPlainOrigin, { error: 'an https origin, such as https://plausible.io' })

/** `/\host` leads browsers to another host, as `//host` does. */
const isPath = (text: string) => /^\/(?![/\\])\S*$/.test(text)

function isScriptAddress(text: string): boolean {
  if (isPath(text)) return true
  if (!/^https:\/\/\S+$/.test(text) || !URL.canParse(text)) return false
  const { origin, username, password } = new URL(text)
  return isPlainOrigin(origin) && username + password === ''
}

const isLink = (text: string) =>
  isPath(text) || (/^(?:https?:\/\/|mailto:)\S+$/.test(text) && URL.canParse(text))

const webAddress = z
  .string()
  .refine((text) => httpAddress.safeParse(text).success, { error: 'an http or https address' })

const timeZone = z.string().refine(isTimeZone, { error: 'a time zone such as Europe/Kyiv or UTC' })

const siteConfigSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .describe('What the publication is called: in the masthead, titles, feeds, icons and e-mail.'),
  tagline: text.describe('A few words under the name on the front page, in each language.'),
  description: text.describe(
    'One or two sentences about the publication, for search engines and feed readers.',
  ),
  foundedAt: z.iso
    .date({ error: 'a day such as 2026-11-01' })
    .describe(
      'The day the publication began. Its year stands in the copyright line and in the ids of articles in feeds: do not change it afterwards.',
    ),
  timeZone: timeZone
    .default('UTC')
    .describe(
      'The time zone in which readers see dates and times (IANA). Days begin and end in it everywhere; the months in addresses of the archive are those of UTC.',
    ),
  languages: z
    .array(language)
    .min(1)
    .describe('The languages it is read in, in the order of the language links.'),
  defaultLanguage: language.describe(
    'The language whose pages have no prefix in their address; what other languages lack is shown in it.',
  ),
  words: z
    .record(language, z.looseObject({}))
    .default({})
    .describe(
      'Words of the interface by language, in the shape of lib/i18n/messages/en.ts: a language that the engine has no dictionary for, or other words for some phrases. What is left out stays.',
    ),
  sections: z
    .array(
      z.strictObject({
        key: z
          .string()
          .refine((key) => toSegment(key) !== '', { error: 'a word with letters or digits' })
          .describe('The category as articles have it, in any spelling: MARKETS.'),
        names: text.describe('What readers see, in each language.'),
        inMenu: z.boolean().default(true).describe('Whether it stands in the menu.'),
      }),
    )
    .default([])
    .describe('The categories, in the order of the menu.'),
  notice: text
    .optional()
    .describe(
      'A sentence at the foot of every page, in each language: that this is a demonstration, say. Without it, there is none.',
    ),
  footerLinks: z
    .array(
      z.strictObject({
        label: text.describe('What readers see, in each language.'),
        url: z
          .string()
          .refine(isLink, { error: 'a path such as /about, or an http, https or mailto address' })
          .describe('A path on this site or an address elsewhere.'),
      }),
    )
    .default([])
    .describe('Further links at the foot of every page.'),
  publisher: z
    .strictObject({
      name: z.string().min(1).optional().describe('Who publishes it. Without it, `name`.'),
      legalName: z.string().min(1).optional().describe('The name in the commercial register.'),
      url: webAddress.optional().describe('The site of the publisher. Without it, this one.'),
      logo: webAddress
        .optional()
        .describe('The address of a logo for search engines. Without it, the icon of the site.'),
      sameAs: z
        .array(webAddress)
        .default([])
        .describe('Its profiles elsewhere: social networks, Wikidata.'),
      contacts: z
        .strictObject({
          readers: mailOrPage.optional().describe('Where readers write to.'),
          corrections: mailOrPage.optional().describe('Where mistakes in articles are reported.'),
          security: mailOrPage
            .optional()
            .describe(
              'Where vulnerabilities are reported; it stands in /.well-known/security.txt. SECURITY_CONTACT in the environment wins over it.',
            ),
        })
        .prefault({})
        .describe('Addresses: e-mail or https pages.'),
    })
    .prefault({})
    .describe('Who stands behind the publication, for structured data and the page about it.'),
  theme: z
    .strictObject({
      light: coloursSchema.default(defaultColours.light).describe('Colours by day.'),
      dark: coloursSchema.default(defaultColours.dark).describe('Colours by night.'),
      fonts: z
        .strictObject({
          serif: fontList.optional().describe('Headlines and articles. Without it, Source Serif.'),
          sans: fontList.optional().describe('Menus, dates and buttons.'),
          mono: fontList.optional().describe('Code.'),
        })
        .prefault({})
        .describe(
          "Font families that readers have installed, in the order of preference: 'Georgia, serif'.",
        ),
    })
    .prefault({})
    .describe('Colours and fonts. Contrast is checked when the server starts.'),
  logo: z
    .string()
    .regex(/^(?!.*(?:^|\/)\.\.)[^/\\][^\\]*\.svg$/, {
      error: 'the path of an SVG file in the folder of the publication',
    })
    .optional()
    .describe(
      'A square SVG drawing, such as brand/logo.svg; icons are made of it. Without it, icons show the first letter of the name.',
    ),
  scripts: z
    .array(
      z.strictObject({
        src: z
          .string()
          .refine(isScriptAddress, { error: 'a path on this site or an https address' })
          .describe('The address of the script.'),
        allow: z
          .array(host)
          .default([])
          .describe('Further https origins that it fetches from or sends to.'),
      }),
    )
    .default([])
    .describe(
      'Scripts of others on every page, such as statistics. Each is added to the Content-Security-Policy by its origin.',
    ),
  unsplash: z
    .strictObject({
      appName: z
        .string()
        .regex(/^[\w-]+$/, { error: 'letters, digits, hyphens and underscores' })
        .optional()
        .describe('The name of the application at Unsplash, for links in photo credits.'),
    })
    .prefault({})
    .describe('Photos from Unsplash.'),
  userAgent: z
    .string()
    .regex(/^[\x20-\x7e]+$/, { error: 'printable ASCII characters' })
    .optional()
    .describe('How ingest introduces itself to sources. Without it, made of the name.'),
})

/** What one setting needs of another; read leniently, so that it is reported along with all else. */
const related = z.object({
  languages: z.array(language).catch([]),
  defaultLanguage: z.string().catch(''),
  tagline: text.catch(''),
  notice: text.catch(''),
  description: text.catch(''),
  words: z.record(z.string(), z.unknown()).catch({}),
  sections: z.array(z.object({ key: z.string().catch(''), names: text.catch('') })).catch([]),
  footerLinks: z.array(z.object({ label: text.catch('') })).catch([]),
})

type Fault = { path: PropertyKey[]; found: unknown; expected: string }

function listContradictions(config: unknown): Fault[] {
  const result = related.safeParse(config)
  if (!result.success || result.data.languages.length === 0) return []
  const { languages, defaultLanguage, sections, footerLinks, ...others } = result.data
  const texts: [PropertyKey[], z.output<typeof text>][] = [
    [['tagline'], others.tagline],
    [['notice'], others.notice],
    [['description'], others.description],
    ...sections.map(({ names }, at): [PropertyKey[], typeof names] => [
      ['sections', at, 'names'],
      names,
    ]),
    ...footerLinks.map(({ label }, at): [PropertyKey[], typeof label] => [
      ['footerLinks', at, 'label'],
      label,
    ]),
  ]
  const byLanguage = texts.flatMap(([path, given]) =>
    typeof given === 'string' ? [] : [{ path, given }],
  )
  // A slip such as `ua` for `uk` would otherwise be a text that nobody reads.
  const unknown = [...byLanguage, { path: ['words'], given: others.words }].flatMap(
    ({ path, given }) =>
      Object.keys(given)
        .filter((code) => !languages.includes(code))
        .map((code) => [...path, code]),
  )
  const segments = sections.map(({ key }) => toSegment(key)).filter((segment) => segment !== '')
  const toFaults = (isFault: boolean, path: PropertyKey[], found: unknown, expected: string) =>
    isFault ? [{ path, found, expected }] : []
  return [
    ...toFaults(
      defaultLanguage !== '' && !languages.includes(defaultLanguage),
      ['defaultLanguage'],
      defaultLanguage,
      `one of languages: ${languages.join(', ')}`,
    ),
    ...[...listRepeated(languages)].map((code) => ({
      path: ['languages'],
      found: languages,
      expected: `each language once, and ${code} stands twice`,
    })),
    ...[...listRepeated(segments)].map((segment) => ({
      path: ['sections'],
      found: segments,
      expected: `each key once, and ${segment} stands twice`,
    })),
    ...byLanguage.flatMap(({ path, given }) =>
      toFaults(
        languages.includes(defaultLanguage) && given[defaultLanguage] === undefined,
        path,
        given,
        `at least a text in the default language, ${defaultLanguage}`,
      ),
    ),
    ...unknown.map((path) => ({
      path,
      found: path.at(-1),
      expected: `one of languages here: ${languages.join(', ')}`,
    })),
  ]
}

/** The configuration as the operator writes it; what is optional may be left out. */
export type SiteConfig = z.input<typeof siteConfigSchema>

/** Gives `site.config.ts` its types; changes nothing. */
export function defineSite(config: SiteConfig): SiteConfig {
  return config
}

/**
 * The configuration of a publication from what `site.config.ts` exports, complete: every text in every
 * language; without the names of `names.yaml`. Throws an `Error` with a line for every wrong setting: its path, what was found and what
 * is expected.
 */
export function parseSiteConfig(config: unknown): Site {
  const result = siteConfigSchema.safeParse(config, { reportInput: true })
  const sentences = [
    ...(result.error?.issues ?? []).flatMap(toSentences),
    ...listContradictions(config).map(toSentence),
  ]
  if (!result.success || sentences.length > 0) throw new Error(sentences.join('\n'))
  const site = toSite(result.data)
  const bytes = Buffer.byteLength(JSON.stringify(site))
  if (bytes > mostBytes) {
    throw new Error(`site.config.ts: it has ${bytes} bytes as JSON; expected at most ${mostBytes}.`)
  }
  return site
}

function toSite(config: z.output<typeof siteConfigSchema>): Site {
  const { languages, defaultLanguage, publisher } = config
  const inEach = (given: z.output<typeof text>): Record<string, string> =>
    Object.fromEntries(
      languages.map((code) => [
        code,
        typeof given === 'string' ? given : (given[code] ?? given[defaultLanguage] ?? ''),
      ]),
    )
  const word = config.name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return {
    ...config,
    names: [],
    tagline: inEach(config.tagline),
    notice: config.notice === undefined ? undefined : inEach(config.notice),
    description: inEach(config.description),
    foundedIn: Number(config.foundedAt.slice(0, 4)),
    sections: config.sections.map(({ key, names, inMenu }) => ({
      key,
      segment: toSegment(key),
      names: inEach(names),
      inMenu,
    })),
    footerLinks: config.footerLinks.map(({ label, url }) => ({ label: inEach(label), url })),
    publisher: {
      ...publisher,
      name: publisher.name ?? config.name,
      contacts: {
        readers: toContactUri(publisher.contacts.readers),
        corrections: toContactUri(publisher.contacts.corrections),
        security: toContactUri(publisher.contacts.security),
      },
    },
    theme: {
      light: completeColours(config.theme.light),
      dark: completeColours(config.theme.dark),
      fonts: config.theme.fonts,
    },
    unsplash: { appName: config.unsplash.appName ?? (word.toLowerCase() || 'news') },
    userAgent: config.userAgent ?? `${word || 'News'}-Ingest/1.0 (news reader)`,
  }
}

function toSentences(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = listKeysAt(issue.path)
    return issue.keys.map((key) => {
      if (key === 'synonyms') {
        return 'site.config.ts: synonyms is no setting any more; write them into names.yaml beside it (see docs/make-it-yours.md).'
      }
      const near = nearest(key, known)
      return `site.config.ts: ${toPath([...issue.path, key])} is no setting${near ? `; did you mean ${near}?` : ` here; there are ${known.join(', ')}.`}`
    })
  }
  const expected = issue.message
    .replace(/^Invalid input: expected /, '')
    .replace(/, received \w+$/, '')
  return [toSentence({ path: [...issue.path], found: issue.input, expected })]
}

function toSentence({ path, found, expected }: Fault): string {
  const value = found === undefined ? 'nothing' : shorten(JSON.stringify(found))
  return `site.config.ts: ${toPath(path) || 'the default export'}: found ${value}; expected ${expected}.`
}

const shorten = (json: string) => (json.length > 80 ? `${json.slice(0, 79)}…` : json)

/** `sections[2].names.en` */
const toPath = (path: readonly PropertyKey[]) =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')

/** A setting for the manual: `theme.light.paper`, whether it may be left out, and its meaning. */
export type SiteSetting = { path: string; isRequired: boolean; description: string }

type Described = {
  description?: string | undefined
  properties?: Record<string, Described> | undefined
  items?: Described | undefined
  required?: string[] | undefined
}

const describedSchema: z.ZodType<Described> = z.lazy(() =>
  z.object({
    description: z.string().optional(),
    properties: z.record(z.string(), describedSchema).optional(),
    items: describedSchema.optional(),
    required: z.array(z.string()).optional(),
  }),
)

const describeFields = () =>
  describedSchema.parse(z.toJSONSchema(siteConfigSchema, { io: 'input' }))

/** Every setting of `site.config.ts` in its order. Throws when one has no description. */
export function listSiteConfigSettings(): SiteSetting[] {
  const list = ({ properties = {}, required = [] }: Described, before: string): SiteSetting[] =>
    Object.entries(properties).flatMap(([key, field]) => {
      const path = `${before}${key}`
      if (!field.description) throw new Error(`${path} has no description`)
      return [
        { path, isRequired: required.includes(key), description: field.description },
        ...list(field, `${path}.`),
        ...(field.items ? list(field.items, `${path}[].`) : []),
      ]
    })
  return list(describeFields(), '')
}

function listKeysAt(path: readonly PropertyKey[]): string[] {
  let field: Described | undefined = describeFields()
  for (const part of path) {
    field = typeof part === 'number' ? field?.items : field?.properties?.[String(part)]
  }
  return Object.keys(field?.properties ?? {})
}

const listRepeated = (values: string[]) =>
  new Set(values.filter((value, at) => values.indexOf(value) < at))

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
