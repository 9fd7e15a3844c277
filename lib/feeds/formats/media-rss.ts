import type { RssFeed } from 'feedsmith'
import type { FeedCover } from '../feed-article.ts'

type Media = NonNullable<RssFeed.Item<Date, true>['media']>
type MediaContent = NonNullable<Media['contents']>[number]

/**
 * A cover in Media RSS (https://www.rssboard.org/media-rss): one picture, and where it exists in
 * several shapes, a group of them with the best first.
 */
export function toMediaRss({ best, others, thumbnail, alt, credit }: FeedCover): Media {
  const about = {
    description: alt === undefined ? undefined : { value: alt, type: 'plain' },
    thumbnails: [thumbnail],
    credits: credit === undefined ? undefined : [{ value: credit, role: 'photographer' }],
  }
  if (others.length === 0) return { contents: [{ ...best, medium: 'image', ...about }] }
  const contents = [best, ...others].map((file): MediaContent => ({ ...file, medium: 'image' }))
  return { groups: [{ contents, ...about }] }
}
