import type { CSSProperties } from 'react'
import { preload } from 'react-dom'
import type { Cover } from '#lib/content/article.ts'
import { type CoverImage, toCoverImage, toFallbackImage } from '#lib/covers/cover-image.ts'
import { type CoverPlace, coverSizes } from '#lib/covers/cover-sizes.ts'
import { drawFallbackArt } from '#lib/covers/fallback-art.ts'
import { toSegment } from '#lib/site/segment.ts'

/**
 * The cover of an article, or its fallback art if it has no cover. If the picture cannot be loaded,
 * `failed-covers.browser.ts` fetches the fallback art. The box has a fixed size, so that a failed picture
 * moves nothing.
 *
 * `seed` is the slug. The cover's own alternative text is used unless `alt` is given; give `''` where
 * a link or a headline beside the picture says the same. `isLargest` marks the one picture of a page
 * that is its largest paint: it is fetched first, all others when they come near the screen.
 * `isUnpublished` puts the fallback art into the page, since its address answers for published articles only.
 */
export function CoverPicture({
  cover,
  seed,
  category,
  place,
  alt,
  isLargest = false,
  isUnpublished = false,
}: {
  cover: Cover | undefined
  seed: string
  category: string
  place: CoverPlace
  alt?: string | undefined
  isLargest?: boolean
  isUnpublished?: boolean
}) {
  const { width, height } = coverSizes[place]
  const fallback: Partial<CoverImage> & { src: string } = isUnpublished
    ? { src: toDataAddress(drawFallbackArt(seed, toSegment(category))), width, height }
    : toFallbackImage(seed, category, place)
  const image = cover && toCoverImage(cover, place)
  if (isLargest && (image || !isUnpublished)) preloadLargest(image ?? fallback)
  const style: FallbackStyle = {
    aspectRatio: `${width}/${height}`,
    ...(image && { '--fallback-art': `url(${fallback.src})` }),
  }
  return (
    <span className="cover" style={style}>
      <img
        {...(image && { 'data-fallback-art': fallback.src })}
        {...(image ?? fallback)}
        alt={image ? (alt ?? cover.alt ?? '') : ''}
        {...(isLargest
          ? { loading: 'eager', fetchPriority: 'high' }
          : { loading: 'lazy', decoding: 'async' })}
      />
    </span>
  )
}

type FallbackStyle = CSSProperties & { '--fallback-art'?: string }

const toDataAddress = (svg: string) => `data:image/svg+xml;base64,${btoa(svg)}`

function preloadLargest({ src, srcSet, sizes }: Partial<CoverImage> & { src: string }) {
  preload(src, {
    as: 'image',
    ...(srcSet && { imageSrcSet: srcSet }),
    ...(sizes && { imageSizes: sizes }),
    fetchPriority: 'high',
  })
}
