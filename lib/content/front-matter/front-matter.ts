import { z } from 'zod'
import { articleKinds } from '#lib/site/addresses/article-filter.ts'
import {
  asset,
  flag,
  identifier,
  instant,
  line,
  listOf,
  locale,
  number,
  optional,
  picture,
  secureUrl,
  slug,
  sourceKey,
  storyKey,
  topic,
  webUrl,
} from './field-kinds.ts'

/** A source, as `source` and `alsoReportedBy` write it. */
const source = z
  .strictObject(
    {
      name: optional(line('the name of the source', 200)).describe(
        'The source as readers know it.',
      ),
      key: optional(sourceKey).describe(
        'Names the source in addresses and filters. Left out: made from the name.',
      ),
      type: optional(line('a word such as RSS', 50)).describe(
        'How the story came: RSS, API, TWITTER.',
      ),
      url: optional(webUrl).describe('The story at the source.'),
    },
    { error: 'a mapping with name and key' },
  )
  .transform(({ name, key, type, url }, context) => {
    const known = name ?? key
    const derived = key ?? toSourceKey(name ?? '')
    if (known !== undefined && derived !== '') return { name: known, key: derived, type, url }
    const [field, message] =
      known === undefined ? ['name', 'the name of the source'] : ['key', 'a key']
    context.issues.push({ code: 'custom', message, path: [field], input: undefined })
    return z.NEVER
  })

/** In UTF-16 units: a title of more than `advised` is a warning, of more than `most` an error. */
export const titleLength = { advised: 300, most: 1000 }

/**
 * The front matter of a content file: the one description of its fields.
 *
 * Only `title`, `publishedAt` and `category` are required. Null says the same as leaving a field
 * out, and a field that is not named here is ignored with a warning.
 *
 * What happens to a value that cannot be used follows one rule. Fields that decide visibility,
 * identity, time or provenance are never guessed: a bad value is an error and leaves the article
 * out. Everything else is decoration: a bad part is a warning, and that part alone is left out.
 * `essentialFields` lists the first kind.
 */
export const frontMatterSchema = z.strictObject({
  title: line('a title', titleLength.most).describe(
    `The headline. One line; more than ${titleLength.advised} characters are a warning, more than ${titleLength.most} an error.`,
  ),
  description: optional(line('a sentence or two', 5000)).describe(
    'One or two plain sentences for lists, feeds and search engines. No Markdown.',
  ),
  publishedAt: instant.describe(
    'When the article appears. ISO 8601 with a zone (2026-03-01T09:30:00Z). The future schedules it; without a zone UTC is taken.',
  ),
  updatedAt: optional(instant).describe(
    'When the text last changed. Left out or before `publishedAt`: the same as `publishedAt`. A later correction counts instead.',
  ),
  lang: optional(locale).describe(
    'The language. Left out: as the file name (`a.uk.md`) or a folder (`uk/`) says, else English.',
  ),
  externalId: optional(identifier).describe(
    'What the source calls the story. Kept as written, so leading zeros count.',
  ),
  source: optional(source).describe('Who gave us the story.'),
  alsoReportedBy: optional(listOf(source, 'a list of sources')).describe(
    'Others who reported the same event, in the order in which we noticed.',
  ),
  category: topic('a category').describe(
    'The one section the article stands in, such as MARKETS. Any name with a letter or digit.',
  ),
  tags: optional(listOf(topic('a tag'), 'a list of tags', splitTags)).describe(
    'Further subjects, each with a page of its own. Those that share an address count once.',
  ),
  stickyWeight: optional(number).describe(
    'Above 0 pins the article to the front page until `pinnedUntil`, the heaviest first.',
  ),
  pinnedUntil: optional(instant).describe(
    'When a pin ends. Left out: three days after `updatedAt`, so that no pin outlives its news.',
  ),
  kind: optional(
    z
      .string({ error: articleKinds.join(', ') })
      .meta({ examples: [...articleKinds] })
      .transform((text) => text.trim().toLowerCase())
      .pipe(z.enum(articleKinds, { error: articleKinds.join(', ') })),
  ).describe(
    'What the article is: news, analysis, explainer, opinion or live. Left out: news. Readers see any other as a label.',
  ),
  breakingUntil: optional(instant).describe(
    'Until then the article is breaking news: it stands above the front page. There is no breaking news without an end.',
  ),
  storyKey: optional(storyKey).describe(
    'The story that the article belongs to, in every language: articles with one key stand together at /story/<key> once there are two.',
  ),
  proposedStoryKey: optional(storyKey).describe(
    'What ingest takes for the story of the article. Nothing is done with it until an editor writes it as `storyKey`, here and in the article that the key names.',
  ),
  storyTitle: optional(line('the name of a story', 200)).describe(
    'What readers call the story. The newest of its articles that has a name gives it; without any, its newest headline stands there.',
  ),
  prices: optional(
    listOf(
      z.strictObject(
        {
          asset: asset.describe('The asset: its key in the list of names, or any of its names.'),
          usd: number
            .refine((value) => value > 0, { error: 'a price above 0' })
            .describe('What one of it cost, in US dollars.'),
          at: instant.describe('When it cost that.'),
          source: line('who gave the price', 200).describe('Who gave the price.'),
        },
        { error: 'a mapping with asset, usd, at and source' },
      ),
      'a list of prices',
    ),
  ).describe(
    'Prices that the article is about, shown as prices at publication. They never change by themselves.',
  ),
  chart: optional(
    z.strictObject(
      {
        title: line('what the numbers are, with their unit', 200).describe(
          'What the numbers are, with their unit.',
        ),
        values: z
          .array(
            z.strictObject(
              {
                label: line('a day, a year or a name', 40).describe('A day, a year or a name.'),
                value: number.describe('Its number.'),
              },
              { error: 'a mapping with label and value' },
            ),
            { error: 'a list of values' },
          )
          .min(2, { error: 'at least 2 values' })
          .max(200, { error: 'at most 200 values' })
          .describe(
            'The numbers in their order: bars from zero; a line where there are more than 12.',
          ),
        source: optional(line('who gave the numbers', 200)).describe('Who gave the numbers.'),
      },
      { error: 'a mapping with title and values' },
    ),
  ).describe(
    'A chart that pages show as the cover: for a story that is a number. Its last value stands out. Feeds and shared links keep `coverImage`.',
  ),
  sentiment: optional(
    z
      .string({ error: 'POSITIVE, NEUTRAL or NEGATIVE' })
      .meta({ examples: ['POSITIVE', 'NEUTRAL', 'NEGATIVE'] })
      .transform((text) => text.trim().toUpperCase())
      .pipe(
        z.enum(['POSITIVE', 'NEUTRAL', 'NEGATIVE'], { error: 'POSITIVE, NEUTRAL or NEGATIVE' }),
      ),
  ).describe('How the story reads for the market: POSITIVE, NEUTRAL or NEGATIVE.'),
  score: optional(number).describe('What the source thinks the story is worth. Left out: 0.'),
  draft: optional(flag).describe('true: not finished, never served.'),
  draftReason: optional(line('why it is a draft', 5000)).describe(
    'Why the article is kept as a draft, for the editor who decides.',
  ),
  coverImage: optional(
    z.preprocess(
      (value) => (typeof value === 'string' ? { raw: value } : value),
      z
        .strictObject(
          {
            raw: optional(picture).describe('The original, any width.'),
            full: optional(picture).describe('The original as a web picture.'),
            regular: optional(picture).describe('1080 px wide.'),
            small: optional(picture).describe('400 px wide.'),
            thumb: optional(picture).describe('200 px wide.'),
            small_s3: optional(picture).describe('400 px wide, a copy that takes no parameters.'),
            alt: optional(line('what the picture shows')).describe(
              'What the picture shows. Left out: the picture is decoration.',
            ),
            credit: optional(
              z.strictObject(
                {
                  name: line('the name of the photographer', 200).describe('The photographer.'),
                  url: optional(webUrl).describe('The page that names the photographer.'),
                },
                { error: 'a mapping with name and url' },
              ),
            ).describe('Who made the picture.'),
          },
          { error: 'a mapping of pictures' },
        )
        .transform((cover) => {
          const { raw, full, regular, small, thumb, small_s3 } = cover
          return (raw ?? full ?? regular ?? small ?? thumb ?? small_s3) ? cover : undefined
        }),
    ),
  ).describe(
    'The cover: the path of a picture (media/photo.jpg), or any of Unsplash’s sizes, each an https:// address or a path below media/ or public/.',
  ),
  ai: optional(
    z
      .strictObject(
        {
          rewritten: optional(flag).describe('true: a model wrote or rewrote the text.'),
          expandedAt: optional(instant).describe('When a model expanded the text.'),
          version: optional(number).describe(
            'Which version of our instructions the model followed.',
          ),
          translatedFrom: optional(line('a language code', 35)).describe(
            'The language a model translated the text from.',
          ),
        },
        { error: 'a mapping with rewritten, expandedAt, version and translatedFrom' },
      )
      .transform(({ rewritten = false, ...ai }) => {
        const isTouched = rewritten || Object.values(ai).some((value) => value !== undefined)
        return isTouched ? { rewritten, ...ai } : undefined
      }),
  ).describe('What a model did to the text. Pages, feeds and structured data show it.'),
  review: optional(
    z.strictObject(
      {
        by: line('who reviewed the text', 200).describe(
          'Who answers for the text, a name or a role. Readers see it.',
        ),
        at: instant.describe('When the text was reviewed.'),
        digest: line('the digest of the reviewed text', 100).describe(
          'The fingerprint of all that was read. With any other text the review is void.',
        ),
      },
      { error: 'a mapping with by, at and digest' },
    ),
  ).describe(
    'Who has read the text and answers for it. Put there by the desk. Any later change of the text voids it.',
  ),
  canonicalUrl: optional(secureUrl).describe(
    'Where the text lives canonically when that is not here. An absolute https:// address.',
  ),
  aliases: optional(listOf(slug, 'a list of earlier slugs')).describe(
    'Former slugs of this article; their addresses redirect here.',
  ),
  authors: optional(listOf(line('the name of an author', 200), 'a list of names')).describe(
    'Who wrote the article, in order: the key of a file in content/authors, or a name.',
  ),
  author: optional(line('the name of an author', 200)).describe(
    'The same for one author. Where `authors` is there as well, this one comes first.',
  ),
  translationKey: optional(slug).describe(
    'Pairs translations whose slugs differ: those with the same key, or with the key of one as the slug of the other, are one article in several languages.',
  ),
  corrections: optional(
    listOf(
      z.strictObject(
        {
          at: instant.describe('When the correction was made.'),
          text: line('what was corrected', 5000).describe('What was wrong and what is right.'),
        },
        { error: 'a mapping with at and text' },
      ),
      'a list of corrections',
    ),
  ).describe('What was corrected after publication, shown with the article.'),
  noindex: optional(flag).describe('true: search engines are asked to leave the page out.'),
  ingest: optional(
    z.strictObject(
      {
        story: optional(line('the fingerprint of a story', 100)).describe(
          'The fingerprint of the story as it was when this was written.',
        ),
        seal: optional(line('the seal of this file', 100)).describe(
          'The fingerprint of this file without its seal. It no longer fits once a person edits the file, and then the file is theirs.',
        ),
      },
      { error: 'a mapping with story and seal' },
    ),
  ).describe('Put there by ingest, by which it knows its own work. Not for people.'),
  withdrawn: optional(flag).describe('true: taken back; the address answers 410.'),
})

export type FrontMatter = z.output<typeof frontMatterSchema>

/** A bad value in one of these is an error: they decide visibility, identity, time or provenance. */
const essentialFields = new Set([
  'title',
  'publishedAt',
  'updatedAt',
  'lang',
  'externalId',
  'category',
  'draft',
  'withdrawn',
  'noindex',
  'ai',
  'source',
  'source.name',
  'source.key',
  'canonicalUrl',
])

export const articleForm = { schema: frontMatterSchema, essentialFields }

/** `Wall St. News (Crypto)` → `wall_st._news_crypto`. Empty when no Latin letter or digit is left. */
function toSourceKey(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9.-]+/g, '_')
    .replace(/^[^a-z0-9]+|_+$/g, '')
}

function splitTags(text: string): string[] {
  return text.split(',').filter((part) => part.trim() !== '')
}
