import type { CSSProperties } from 'react'
import { preload } from 'react-dom'
import type { ArticleSummary } from '#lib/content/article.ts'
import { type CoverImage, toCoverImage, toFallbackImage } from '#lib/covers/cover-image.ts'
import { type CoverPlace, coverSizes } from '#lib/covers/cover-sizes.ts'
import { drawFallbackArt } from '#lib/covers/fallback-art.ts'
import { toSegment } from '#lib/site/segment.ts'
import { ChartCover } from './chart-cover.tsx'

/**
 * The cover of an article: its chart, else its picture, else its fallback art. If the picture cannot be
 * loaded, `failed-covers.browser.ts` fetches the fallback art. The box has a fixed size, so that a failed
 * picture moves nothing.
 *
 * It describes itself unless it is decoration: where a link or a headline beside it says the same.
 * `isLargest` marks the one picture of a page that is its largest paint: it is fetched first, all others
 * when they come near the screen. `isUnpublished` puts the fallback art into the page, since its address
 * answers for published articles only.
 */
export function CoverPicture({
  article: { locale, slug, category, cover, chart },
  place,
  isDecoration = false,
  isLargest = false,
  isUnpublished = false,
}: {
  article: Pick<ArticleSummary, 'locale' | 'slug' | 'category' | 'cover' | 'chart'>
  place: CoverPlace
  isDecoration?: boolean
  isLargest?: boolean
  isUnpublished?: boolean
}) {
  const { width, height } = coverSizes[place]
  const aspectRatio = `${width}/${height}`
  if (chart) {
    const isLabelled = place === 'article' || place === 'lead'
    return <ChartCover {...{ locale, chart, isLabelled, isDecoration, aspectRatio }} />
  }
  const fallback: Partial<CoverImage> & { src: string } = isUnpublished
    ? { src: toDataAddress(drawFallbackArt(slug, toSegment(category))), width, height }
    : toFallbackImage(slug, category, place)
  const image = cover && toCoverImage(cover, place)
  if (isLargest && (image || !isUnpublished)) preloadLargest(image ?? fallback)
  const style: FallbackStyle = {
    aspectRatio,
    ...(image && { '--fallback-art': `url(${fallback.src})` }),
  }
  return (
    <span className="cover" style={style}>
      <img
        {...(image && { 'data-fallback-art': fallback.src })}
        {...(image ?? fallback)}
        alt={image && !isDecoration ? (cover.alt ?? '') : ''}
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
