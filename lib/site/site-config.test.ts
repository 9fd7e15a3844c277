import { describe, expect, it } from 'vitest'
import { listSiteConfigSettings, parseSiteConfig } from './site-config.ts'
import { contrastOf, listContrastWarnings } from './theme-colours.ts'

const least = {
  name: 'The Ledger',
  tagline: 'Money, counted',
  description: { en: 'News about money.' },
  foundedAt: '2020-05-01',
  languages: ['en', 'pl'],
  defaultLanguage: 'en',
}

const faultsOf = (config: unknown) => {
  try {
    parseSiteConfig(config)
    return []
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : []
  }
}

describe('parseSiteConfig', () => {
  it('completes what is left out', () => {
    expect(parseSiteConfig(least)).toMatchObject({
      foundedIn: 2020,
      timeZone: 'UTC',
      tagline: { en: 'Money, counted', pl: 'Money, counted' },
      description: { en: 'News about money.', pl: 'News about money.' },
      publisher: { name: 'The Ledger' },
      unsplash: { appName: 'the-ledger' },
      userAgent: 'The-Ledger-Ingest/1.0 (news reader)',
    })
  })

  it('gives sections the segment that their articles have', () => {
    const sections = [{ key: 'Layer 2', names: { en: 'Layer 2', pl: 'Warstwa 2' } }]
    expect(parseSiteConfig({ ...least, sections }).sections).toEqual([
      {
        key: 'Layer 2',
        segment: 'layer-2',
        names: { en: 'Layer 2', pl: 'Warstwa 2' },
        inMenu: true,
      },
    ])
  })

  it('mixes the colours that are left out from those that are given', () => {
    const light = { paper: '#ffffff', ink: '#000000', accent: '#800000' }
    expect(parseSiteConfig({ ...least, theme: { light } }).theme.light).toEqual({
      ...light,
      inkSoft: '#474747',
      rule: '#d6d6d6',
      wash: '#f2f2f2',
      mark: '#dfbfbf',
      neutral: '#c7c7c7',
    })
  })

  it('names everything that is wrong at once: path, found, expected', () => {
    const wrong = {
      ...least,
      name: '',
      tagline: { en: 'x', ua: 'y' },
      descripton: 'd',
      foundedAt: '2020-13-01',
      timeZone: 'Kyiv',
      defaultLanguage: 'de',
      theme: { light: { paper: 'red', ink: '#000000' } },
      sections: [
        { key: 'A', names: { pl: 'A' } },
        { key: 'a', names: 'A' },
      ],
      scripts: [{ src: 'http://x.example/a.js' }],
    }
    expect(faultsOf(wrong)).toEqual([
      expect.stringMatching(/^site\.config\.ts: name: found ""; expected /),
      'site.config.ts: foundedAt: found "2020-13-01"; expected a day such as 2026-11-01.',
      'site.config.ts: timeZone: found "Kyiv"; expected a time zone such as Europe/Kyiv or UTC.',
      'site.config.ts: theme.light.paper: found "red"; expected a colour of six hexadecimal digits, such as #fbfaf7.',
      'site.config.ts: theme.light.accent: found nothing; expected string.',
      'site.config.ts: scripts[0].src: found "http://x.example/a.js"; expected a path on this site or an https address.',
      'site.config.ts: descripton is no setting; did you mean description?',
      'site.config.ts: defaultLanguage: found "de"; expected one of languages: en, pl.',
      'site.config.ts: sections: found ["a","a"]; expected each key once, and a stands twice.',
      'site.config.ts: tagline.ua: found "ua"; expected one of languages here: en, pl.',
    ])
  })

  it.each([
    [undefined, 'the default export: found nothing'],
    [{ ...least, description: { pl: 'x' } }, 'description: found {"pl":"x"}'],
    [{ ...least, languages: ['en', 'en', 'pl'] }, 'languages: found ["en","en","pl"]'],
    [{ ...least, languages: ['en', 'PL'] }, 'languages[1]: found "PL"'],
    [{ ...least, logo: '/etc/logo.svg' }, 'logo: found "/etc/logo.svg"'],
    [{ ...least, logo: '../logo.svg' }, 'logo: found "../logo.svg"'],
    [
      { ...least, theme: { fonts: { serif: 'x;}</style>' } } },
      'theme.fonts.serif: found "x;}</style>"',
    ],
    [
      { ...least, footerLinks: [{ label: 'x', url: 'javascript:alert(1)' }] },
      'footerLinks[0].url: found "javascript:alert(1)"',
    ],
    // Each would lead a browser to another host.
    ...['/\\evil.example', '//evil.example', 'https://[', 'data:text/html,x'].map(
      (url): [unknown, string] => [
        { ...least, footerLinks: [{ label: 'x', url }] },
        `footerLinks[0].url: found ${JSON.stringify(url)}`,
      ],
    ),
    // Each would be another rule of the Content-Security-Policy, or no address at all.
    ...[
      'https://x.example;sandbox/a.js',
      'https://x.example,y.example/a.js',
      "https://'unsafe-inline'/a.js",
      'https://*/a.js',
      'https://me:secret@x.example/a.js',
      'https://x.example:99999/a.js',
      '/\\evil.example/a.js',
    ].map((src): [unknown, string] => [
      { ...least, scripts: [{ src }] },
      `scripts[0].src: found ${JSON.stringify(src)}`,
    ]),
    [
      { ...least, scripts: [{ src: '/a.js', allow: ['https://999.999.999.999'] }] },
      'scripts[0].allow[0]: found "https://999.999.999.999"',
    ],
    [
      { ...least, publisher: { url: 'javascript:1' } },
      'publisher.url: found "javascript:1"; expected an http or https address.',
    ],
    // Their pages would have the addresses of the API and of tags.
    [{ ...least, languages: ['en', 'api'] }, 'languages[1]: found "api"'],
    [{ ...least, languages: ['en', 'tag'] }, 'languages[1]: found "tag"'],
    [{ ...least, description: 'x'.repeat(100_000) }, 'it has '],
  ])('refuses %j', (config, sentence) => {
    expect(faultsOf(config).join('\n')).toContain(`site.config.ts: ${sentence}`)
  })
})

it('every setting has a sentence', () => {
  const settings = listSiteConfigSettings()
  expect(settings.map(({ path }) => path)).toContain('publisher.contacts.security')
  expect(settings.filter(({ description }) => !description.endsWith('.'))).toEqual([])
})

describe('contrast', () => {
  it('is what WCAG says it is', () => {
    expect(contrastOf('#000000', '#ffffff')).toBe(21)
    expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })

  it('is enough in the colours that come with the engine', () => {
    expect(listContrastWarnings(parseSiteConfig(least))).toEqual([])
  })

  it('is named where it is too low for readers', () => {
    const light = { paper: '#ffffff', ink: '#333333', accent: '#ff9900' }
    expect(listContrastWarnings(parseSiteConfig({ ...least, theme: { light } }))).toEqual([
      'site.config.ts: theme.light.accent (#ff9900) on theme.light.paper (#ffffff) has a contrast of 2.1; readers need at least 4.5 (WCAG AA).',
    ])
  })
})
