import { preload } from 'react-dom'
import type { Cover } from '#lib/content/article.ts'
import { toCoverImage } from '#lib/covers/cover-image.ts'
import { type CoverPlace, coverPlaces } from '#lib/covers/cover-places.ts'
import { drawFallbackArt, toFallbackDataUri } from '#lib/covers/fallback-art.ts'

/**
 * A cover in its place. The article's print lies behind the picture, shows while it loads, and stays
 * when it cannot be loaded (see `cover.css`); an article without a cover has the print alone.
 *
 * `seed` is the slug. The cover's own alternative text is used unless `alt` is given; give `''` where
 * a link or a headline beside the picture says the same. `isLargest` marks the one picture of a page
 * that is its largest paint: it is fetched first, all others when they come near the screen.
 */
export function CoverPicture({
  cover,
  seed,
  category,
  place,
  alt,
  isLargest = false,
}: {
  cover: Cover | undefined
  seed: string
  category: string
  place: CoverPlace
  alt?: string | undefined
  isLargest?: boolean
}) {
  const { width, height } = coverPlaces[place]
  const style = {
    aspectRatio: `${width}/${height}`,
    backgroundImage: `url(${toFallbackDataUri(drawFallbackArt(seed, category))})`,
  }
  const image = cover && toCoverImage(cover, place)
  if (!image) return <span className="cover" style={style} />
  if (isLargest) {
    preload(image.src, {
      as: 'image',
      imageSrcSet: image.srcSet,
      imageSizes: image.sizes,
      fetchPriority: 'high',
    })
  }
  return (
    <img
      className="cover"
      style={style}
      {...image}
      alt={alt ?? cover.alt ?? ''}
      {...(isLargest
        ? { loading: 'eager', fetchPriority: 'high' }
        : { loading: 'lazy', decoding: 'async' })}
    />
  )
}
