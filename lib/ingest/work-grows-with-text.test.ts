import { describe, expect, it } from 'vitest'
import { toSlug } from '#lib/content/to-slug.ts'
import { parseRetryAfter } from '#lib/node/retry.ts'
import { toEventFeatures } from './dedupe/event-features.ts'
import { findAnswerFaults } from './fact-check/find-answer-faults.ts'
import { findFactFaults, findTranslationFaults } from './fact-check/find-fact-faults.ts'
import { listDates } from './fact-check/list-dates.ts'
import { listNumbers } from './fact-check/list-numbers.ts'
import { splitQuotation, toPlainWords } from './fact-check/list-quotations.ts'
import { decodeDocument } from './fetch/decode-document.ts'
import { cleanAuthors } from './intake/clean-authors.ts'
import { cleanStory, toLead } from './intake/clean-story.ts'
import { htmlToMarkdown } from './intake/html-to-markdown.ts'
import { isOtherStory, toFingerprint, toStoryId } from './intake/story-identity.ts'
import { parseStoryDate } from './intake/story-instant.ts'
import { stripTrackers, toUrlKey } from './intake/story-url.ts'
import { toTitleText } from './intake/title-text.ts'
import { parseAnswer, removeLinks } from './llm/parse-answer.ts'
import { articlePartsSchema, parseBody, toBody } from './rewrite/article-parts.ts'
import { escapeMarkdown, unescapeMarkdown } from './rewrite/escape-markdown.ts'
import { removePlantedInstructions } from './rewrite/planted-instructions.ts'
import { toExcerpt } from './rewrite/to-excerpt.ts'
import { toCoindeskStory } from './sources/parse-coindesk-page.ts'
import { parseFeed } from './sources/parse-feed.ts'
import { textToHtml } from './sources/text-to-html.ts'
import type { RawStory, Story } from './story.ts'
import { findStructureFaults } from './translate/parse-translation.ts'

const raw: RawStory = {
  source: { name: 'Wire', key: 'wire', type: 'RSS' },
  id: 'x',
  url: 'https://wire.example/x',
  title: 'T',
  html: 'x',
  authors: [],
  publishedAt: undefined,
  updatedAt: undefined,
  categories: [],
  sentiment: undefined,
  score: undefined,
  language: 'en',
  isSponsored: false,
  isWithdrawn: false,
}
const story: Story = {
  ...raw,
  id: 'x',
  text: 'x',
  publishedAt: '2026-11-20T12:00:00.000Z',
  sentiment: undefined,
  score: 0,
  language: 'en',
  section: 'MARKETS',
}
const seen = { seenAt: '2026-11-20T12:00:00.000Z', section: 'MARKETS' }
const partsOf = (text: string) => ({
  title: text,
  description: text,
  overview: text,
  whatHappened: text,
  whyItMatters: text,
  impact: [text],
})
const body = toBody(partsOf('x'), 'en')
const excerptOf = (part: Partial<Story>) =>
  toExcerpt({ ...story, ...part }, { maxWords: 50, sections: ['A'], draftReason: undefined })
const feed = (item: string, before = '') =>
  `${before}<rss version="2.0" xmlns:dc="d"><channel>${item}</channel></rss>`
const wire = 'https://wire.example/feed.xml'
/** Damaged documents are refused; what counts is how long it takes to find out. */
const orRefuse = (read: () => unknown) => {
  try {
    read()
  } catch {}
}

/** Everything in this folder that is given text of others. */
const functions: Record<string, (text: string) => unknown> = {
  'cleanAuthors of one': (text) => cleanAuthors([text]),
  'cleanAuthors of many': (text) => cleanAuthors(text.split(' ')),
  'cleanStory: title': (text) => cleanStory({ ...raw, title: text }, seen),
  'cleanStory: category': (text) => cleanStory({ ...raw, categories: [text] }, seen),
  'cleanStory: text': (text) => cleanStory({ ...raw, html: text }, seen),
  'htmlToMarkdown of tags': (text) => htmlToMarkdown(`${text}>`, undefined),
  toFingerprint: (text) => toFingerprint({ title: text, html: text }),
  toStoryId: (text) => toStoryId({ id: text, url: text }),
  parseStoryDate: (text) => parseStoryDate(text, { language: 'en', seenAt: seen.seenAt }),
  toTitleText: (text) => [true, false].map((isHtml) => toTitleText(text, { isHtml })),
  isOtherStory: (text) => isOtherStory({ title: text, text }, { title: text, text }),
  stripTrackers: (text) => stripTrackers(`https://wire.example/?${text}`),
  'findFactFaults: answer': (text) => findFactFaults([text], story),
  'findFactFaults: story': (text) =>
    findFactFaults(['Kraken paid Шахтар $200, “we are”, on Monday.'], { ...story, text }),
  'findFactFaults: both': (text) => findFactFaults([text], { ...story, text }),
  'findTranslationFaults: both': (text) => findTranslationFaults([text], text),
  'findAnswerFaults: text': (text) => findAnswerFaults([{ name: 'a', text }], 'x', 'uk'),
  'findAnswerFaults: story': (text) =>
    findAnswerFaults([{ name: 'a', text: 'Kraken paid.' }], text, 'en'),
  'listNumbers and dates': (text) => [listNumbers(text), listDates(text)],
  splitQuotation,
  toPlainWords,
  decodeDocument: (text) => decodeDocument(Buffer.from(`\xff${text}`, 'latin1'), text),
  parseRetryAfter: (text) => parseRetryAfter(text, new Date()),
  parseAnswer: (text) => parseAnswer(`{${text}}`, articlePartsSchema),
  toEventFeatures: (text) => toEventFeatures({ title: text, lead: text, language: 'en' }),
  toLead: (text) => toLead({ text }),
  toUrlKey: (text) => toUrlKey(`https://wire.example/${text}?${text}`),
  escapeMarkdown,
  unescapeMarkdown,
  removePlantedInstructions,
  removeLinks: (text) => removeLinks(text, 'x'),
  'toExcerpt: text': (text) => excerptOf({ text }),
  'toExcerpt: name': (text) => excerptOf({ source: { ...story.source, name: text } }),
  toBody: (text) => toBody(partsOf(text), 'en'),
  parseBody: (text) => parseBody({ title: 't', description: 'd', body: body + text }, 'en'),
  toCoindeskStory: (text) =>
    toCoindeskStory(
      Object.assign(Object.create(null), { ID: '1', PUBLISHED_ON: 1, BODY: text, AUTHORS: text }),
      'k',
    ),
  textToHtml,
  'parseFeed: stories': (text) => orRefuse(() => parseFeed(feed(text), wire)),
  'parseFeed: fields': (text) =>
    orRefuse(() =>
      parseFeed(
        feed(
          `<item><guid>1</guid><title>${text}</title><dc:creator>${text}</dc:creator><author>${text}</author><pubDate>${text}</pubDate><description>${text}</description></item>`,
        ),
        wire,
      ),
    ),
  'parseFeed: attributes': (text) => orRefuse(() => parseFeed(feed(`<item ${text}></item>`), wire)),
  'parseFeed: prolog': (text) => orRefuse(() => parseFeed(feed('<item></item>', text), wire)),
  'parseFeed: JSON': (text) =>
    orRefuse(() =>
      parseFeed(
        JSON.stringify({
          version: 'https://jsonfeed.org/version/1.1',
          title: text,
          items: [{ id: text, title: text, content_text: text, authors: [{ name: text }] }],
        }),
        wire,
      ),
    ),
  findStructureFaults: (text) => findStructureFaults(partsOf(text), partsOf(text)),
  toSlug,
}

/** What is repeated. Each begins or nearly is something that one of the functions looks for. */
const fragments = [
  ...['a', ' ', '\n', '\r', '\t', 'a ', ' \n', '\u00a0', '\u2028', '\ufeff', '\u200b', '\ud800'],
  ...['a@', 'a@a ', 'a@a (', '@', 'a.b@c.d ', 'a,', 'a and ', ' and', '(', ')', '((', 'a (b'],
  ...['[', ']', '[[', '[a', '](', '[a](', '[a](<', '![', '[a](b', '[a]: b\n', '[^a]', '\\', '\\['],
  ...[
    '<',
    '>',
    '<a',
    '<a ',
    '<a>',
    '</a>',
    '<a b=1 ',
    '<p',
    '<p>',
    '<p ',
    '<b>',
    '<b></x>',
    '<td>',
  ],
  ...['<i><b></i>', '<b><p>', '<table>', '<svg><p>', '<ul><li>', '<script', '<script>', '<style'],
  ...[
    '<br>',
    '<hr>',
    '<img src=a>',
    '<b> </b>',
    '<a href=b>c</a>',
    '<li>a',
    '<h1>',
    '<pre>',
    '<!--',
    '-->',
    '<!',
    '<?',
    '<?a',
    '<![CDATA[',
    ']]>',
    '<![CDATA[]]>',
    '<!DOCTYPE',
    '</rss',
  ],
  ...[
    '<item>',
    '<item',
    '</item>',
    '<item></item>',
    '<!ENTITY a "b">',
    '<dc:creator>',
    'xmlns:a="b" ',
  ],
  ...[
    '&',
    '&amp;',
    '&a',
    '&#',
    '&#x',
    '&#60;',
    '&lt;',
    ';',
    '"',
    "'",
    '“',
    '”',
    '«',
    '„',
    '"a',
    '„a',
  ],
  ...[
    '* ',
    '*',
    '**a',
    '_',
    '_a',
    '~',
    '`',
    '```\n',
    '|',
    '|-',
    '-',
    '- ',
    '--',
    '=',
    '#',
    '# ',
    '> ',
  ],
  ...[
    '1',
    '1.',
    '1. ',
    '1,',
    '1 ',
    '12,345',
    '1/',
    '$',
    '$1',
    '€',
    '%',
    '-1',
    '1 million ',
    'two ',
  ],
  ...[
    '.',
    '. ',
    '...',
    '…',
    '! ',
    '?',
    '."',
    '.)',
    ',',
    ':',
    ': ',
    '//',
    '://',
    'http://',
    'www.',
    'www',
  ],
  ...[
    'http://a',
    'https://a.b/ ',
    '/',
    '/a',
    '%41',
    'utm_a=1&',
    'a=1&',
    'A',
    'A.',
    'Aa ',
    'Aa',
    'aA',
    'AB ',
  ],
  ...[
    'I. ',
    "A's",
    "'s",
    'a-',
    '-a',
    '–',
    'U.S. ',
    'ERC-20 ',
    'а',
    'А',
    'Аа ',
    'зг',
    'аб’',
    'тис',
    'ї',
  ],
  ...[
    'January ',
    'may ',
    'May ',
    'May in ',
    'Mar 1 ',
    'in May ',
    'середу ',
    'у ',
    'Monday ',
    '2026-01-01',
  ],
  ...[
    'half ',
    'десятки ',
    'історичний ',
    'US ',
    'united ',
    'ignore ',
    'ignore all ',
    'you are ',
    'AI, ',
  ],
  ...[
    'system',
    'system:',
    'respond only ',
    'include in ',
    'ти ',
    'додай у ',
    '{',
    '}',
    '{}',
    '{"a":',
  ],
  ...[
    '"a",',
    '[1,',
    '\u0301',
    'e\u0301',
    'Ã',
    'â€',
    'â€™',
    'Ð',
    'Р°',
    '😀',
    '\u2066',
    'x\n\n',
    '## a\n',
  ],
]

const sizes = [250, 2000, 16_000]
/** In ms. What is quicker is no danger at any size that a story may have. */
const tooShortToMeasure = 40
/** In ms: times of threads are counted in steps of this. */
const leastMeasured = 4
/** From one size to the next, eight times as large. Linear work takes 8, quadratic 64. */
const largestRatio = 24

/** The time of this thread, in ms: other processes and threads do not count. */
function measure(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

const measureLeast = (work: () => unknown) => Math.min(measure(work), measure(work))

/** A sentence when work grows faster than text. */
function findSteepGrowth(work: (text: string) => unknown, fragment: string): string | undefined {
  let before = Number.POSITIVE_INFINITY
  for (const size of sizes) {
    const text = fragment.repeat(Math.ceil(size / fragment.length))
    let time = measure(() => work(text))
    if (time > tooShortToMeasure && time / before > largestRatio) {
      time = measureLeast(() => work(text))
      const smaller = fragment.repeat(Math.ceil(size / 8 / fragment.length))
      before = Math.max(
        measureLeast(() => work(smaller)),
        leastMeasured,
      )
      if (time > tooShortToMeasure && time / before > largestRatio) {
        return `${JSON.stringify(fragment)}: ${before.toFixed(1)} ms, and ${time.toFixed(1)} ms for ${size} characters`
      }
    }
    before = Math.max(time, leastMeasured)
  }
  return undefined
}

describe('eight times the text takes about eight times the work', () => {
  it.each(Object.keys(functions))('%s', (name) => {
    const work = functions[name] ?? (() => {})
    const steep = fragments.map((fragment) => findSteepGrowth(work, fragment))
    expect(steep.filter((sentence) => sentence !== undefined)).toEqual([])
  })

  it('and work that grows with the square of the text is found', () => {
    const square = (text: string) => /^(?:a|b)*a*c/.test(text) || text.match(/a[^c]*c/)
    expect(findSteepGrowth(square, 'a')).toMatch(/^"a": /)
  })
})
