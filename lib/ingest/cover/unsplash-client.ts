import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Cover } from '#lib/content/article.ts'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import type { Log } from '#lib/node/log.ts'
import type { FetchDocument } from '../fetch/fetch-document.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import type { IngestConfig } from '../settings/ingest-config.ts'
import type { IngestStore } from '../state/ingest-store.ts'
import { toPhotoName } from '../state/known-article.ts'

export type UnsplashClient = {
  /**
   * A landscape photo for a subject that no recent article has; always the same for the same story.
   * Undefined when there is none or Unsplash does not answer: the site then draws a cover.
   */
  findCover(subject: string, story: string): Promise<Cover | undefined>
  /** How the last search went; undefined when there was none. */
  lastOutcome(): { error: string | undefined } | undefined
}

const https = z.url({ protocol: /^https$/ })

/** A photo of https://unsplash.com/documentation#search-photos, as far as it is used. */
const photoSchema = z.object({
  urls: z.object({
    raw: https,
    full: https.optional(),
    regular: https.optional(),
    small: https.optional(),
    thumb: https.optional(),
    small_s3: https.optional(),
  }),
  alt_description: z.string().nullish(),
  description: z.string().nullish(),
  user: z.object({
    name: z.string(),
    links: z.object({ html: z.string().optional() }).optional(),
  }),
  links: z.object({ download_location: z.string().optional() }).optional(),
})

type Photo = z.output<typeof photoSchema>

const searchSchema = z.object({ results: z.array(z.unknown()) })

const fallbackSubject = 'cryptocurrency'

/** A client of Unsplash. After a failure it sends no more requests in this run. */
export function openUnsplashClient({
  accessKey,
  config,
  fetchDocument,
  store,
  now,
  log,
}: {
  accessKey: string
  config: IngestConfig['cover']
  fetchDocument: FetchDocument
  store: Pick<IngestStore, 'responses' | 'articles'>
  now: () => Date
  log: Log
}): UnsplashClient {
  const taken = new Set<string>()
  let isClosed = false
  let lastOutcome: { error: string | undefined } | undefined

  /** The key is sent to the configured origin only, whatever a response links to. */
  async function ask(url: URL): Promise<unknown> {
    if (url.origin !== new URL(config.url).origin) return undefined
    const fetched = await fetchDocument(url.href, {
      allowPrivate: !config.url.startsWith('https://'),
      headers: { authorization: `Client-ID ${accessKey}`, 'accept-version': 'v1' },
    })
    return JSON.parse(fetched?.bytes.toString('utf8') ?? 'null')
  }

  async function search(subject: string): Promise<Photo[]> {
    const url = new URL('/search/photos', config.url)
    const parameters = { query: subject, orientation: 'landscape', content_filter: 'high' }
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    url.searchParams.set('per_page', '30')
    const { results } = searchSchema.parse(await ask(url))
    return results.flatMap((one) => photoSchema.safeParse(one).data ?? [])
  }

  async function choose(subject: string): Promise<Photo | undefined> {
    const used = store.articles.listPhotos(config.notAmongLast)
    const isFree = ({ urls }: Photo) => {
      const name = toPhotoName(urls.raw) ?? ''
      return !used.has(name) && !taken.has(name)
    }
    const photos = await search(subject)
    const photo = photos.find(isFree)
    if (photo || subject === fallbackSubject) return photo
    return (await search(fallbackSubject)).find(isFree)
  }

  return {
    lastOutcome: () => lastOutcome,
    async findCover(subject, story) {
      const digest = createHash('sha256').update(`cover ${story}`).digest('base64url')
      const kept = store.responses.find(digest)
      if (kept) return toCover(photoSchema.parse(JSON.parse(kept.content)))
      if (isClosed) return undefined
      try {
        const photo = await choose(cleanLine(subject) || fallbackSubject)
        lastOutcome = { error: undefined }
        if (!photo) return undefined
        taken.add(toPhotoName(photo.urls.raw) ?? '')
        store.responses.write(digest, {
          content: JSON.stringify(photo),
          madeAt: now().toISOString(),
        })
        const download = photo.links?.download_location
        if (download !== undefined) await ask(new URL(download))
        return toCover(photo)
      } catch (cause) {
        isClosed = true
        const reason = cause instanceof FetchFailure ? cause.message : 'sent something unexpected'
        const advice = /\b401\b/.test(reason) ? '. Check UNSPLASH_ACCESS_KEY.' : ''
        lastOutcome = { error: `Unsplash ${reason}${advice}` }
        log.warn(`Unsplash ${reason}; no more covers in this run`)
        const photo = store.responses.find(digest)
        return photo && toCover(photoSchema.parse(JSON.parse(photo.content)))
      }
    },
  }
}

/** All six variants; those that the answer lacks are derived from the original. */
function toCover({ urls, alt_description, description, user }: Photo): Cover {
  const derive = (parameters: Record<string, string>) => {
    const url = new URL(urls.raw)
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    return url.href
  }
  const sized = (w: string) => derive({ crop: 'entropy', fit: 'max', fm: 'jpg', q: '80', w })
  return {
    raw: urls.raw,
    full: urls.full ?? derive({ crop: 'entropy', fm: 'jpg', q: '85' }),
    regular: urls.regular ?? sized('1080'),
    small: urls.small ?? sized('400'),
    thumb: urls.thumb ?? sized('200'),
    small_s3: urls.small_s3 ?? sized('400'),
    alt: cleanLine(alt_description ?? description ?? '').slice(0, 300) || undefined,
    credit: { name: cleanLine(user.name) || 'Unsplash', url: user.links?.html },
  }
}
