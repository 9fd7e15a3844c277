import type { NamedEntity } from './names.ts'

/** Colours as `#rrggbb`. */
export type Colours = Record<
  'paper' | 'ink' | 'accent' | 'inkSoft' | 'rule' | 'wash' | 'mark' | 'neutral',
  string
>

/** A text by language, for every language of the site. */
type Texts = Record<string, string>

/**
 * A publication as `site.config.ts` describes it, complete and checked: see `site-config.ts` for what
 * each setting means. It is plain data: it passes from one process to another as JSON.
 */
export type Site = {
  name: string
  tagline: Texts
  /** Stands at the foot of every page. */
  notice: Texts | undefined
  description: Texts
  /** A day: `2026-11-01`. */
  foundedAt: string
  foundedIn: number
  /** IANA. */
  timeZone: string
  languages: string[]
  defaultLanguage: string
  /** Parts of dictionaries by language, unchecked. */
  words: Record<string, Record<string, unknown>>
  /** In the editor's order. */
  sections: { key: string; segment: string; names: Texts; inMenu: boolean }[]
  footerLinks: { label: Texts; url: string }[]
  publisher: {
    name: string
    legalName?: string | undefined
    url?: string | undefined
    logo?: string | undefined
    sameAs: string[]
    /** `mailto:` or https URIs. */
    contacts: {
      readers?: string | undefined
      corrections?: string | undefined
      security?: string | undefined
    }
  }
  theme: {
    light: Colours
    dark: Colours
    fonts: { serif?: string | undefined; sans?: string | undefined; mono?: string | undefined }
  }
  /** A path below the folder of the publication. */
  logo?: string | undefined
  /** What the publication adds to the list of names; see `names.ts`. */
  names: NamedEntity[]
  scripts: { src: string; allow: string[] }[]
  unsplash: { appName: string }
  userAgent: string
}

/**
 * The variable in which a process has the configuration as JSON, with the folder it was read from. The first process reads the file; the
 * processes and threads that it starts inherit what it read, and so does the framework's bundle, which
 * has its own copy of every module. They all agree, even when the file is changed meanwhile.
 */
export const siteVariable = 'DATELINE_SITE'

/** What `siteVariable` holds, as JSON. */
export type Given = { paperDir: string; site: Site }

let current: Site | undefined

/**
 * The publication that this process works for; parsed on the first call. Throws when nobody has read
 * it yet: an entry point imports `load-site.ts` before anything else.
 */
export function site(): Site {
  current ??= parseGivenSite(process.env[siteVariable])
  return current
}

function parseGivenSite(json: string | undefined): Site {
  if (json === undefined) {
    throw new Error('The site is asked for before its configuration is read: see load-site.ts')
  }
  const given: Given = JSON.parse(json)
  return given.site
}

/** The configuration as one process hands it to the next: another text whenever anything in it is. */
export const readSiteText = (): string => process.env[siteVariable] ?? ''
