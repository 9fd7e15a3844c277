import { fallbackArtPath } from '#lib/site/document-paths.ts'
import { toMediaAddress } from '#lib/site/media-address.ts'
import { type CoverPlace, type CoverSize, coverSizes } from './cover-sizes.ts'
import {
  type CoverFile,
  type CoverFiles,
  cropUnsplashUrl,
  findMediaPath,
  findUnsplashUrl,
  formatCoverUrl,
  listCoverFiles,
  parseCoverUrl,
} from './cover-url.ts'

/** The attributes of an `<img>`. `srcSet` and `sizes` are both there, or neither. */
export type CoverImage = {
  src: string
  srcSet: string | undefined
  sizes: string | undefined
  width: number
  height: number
}

/**
 * What an `<img>` in this place should load, or undefined when the cover has no usable file.
 * Unsplash crops to the place's ratio; other files are as they are and left to `object-fit`.
 */
export function toCoverImage(cover: CoverFiles, place: CoverPlace): CoverImage | undefined {
  const size: CoverSize = coverSizes[place]
  const photo = findUnsplashUrl(cover)
  const own = photo ? undefined : findMediaPath(cover)
  const files = photo
    ? listCrops(photo, size)
    : own
      ? listScaled(own, size)
      : withinReach(listCoverFiles(cover), size.widths)
  const best = files.find((file) => file.width >= size.width) ?? files.at(-1)
  if (!best) return undefined
  const hasChoice = files.length > 1
  return {
    src: formatCoverUrl(best.url),
    srcSet: hasChoice
      ? files.map((file) => `${formatCoverUrl(file.url)} ${file.width}w`).join(', ')
      : undefined,
    sizes: hasChoice ? size.sizes : undefined,
    width: size.width,
    height: size.height,
  }
}

/** The fallback art of an article in this place. It is drawn in any width. */
export function toFallbackImage(slug: string, category: string, place: CoverPlace): CoverImage {
  const { width, height, widths, sizes } = coverSizes[place]
  const addressOf = (candidate: number) => fallbackArtPath(slug, category, candidate)
  return {
    src: addressOf(width),
    srcSet: widths.map((candidate) => `${addressOf(candidate)} ${candidate}w`).join(', '),
    sizes,
    width,
    height,
  }
}

function listCrops(photo: URL, { width, height, widths }: CoverSize): CoverFile[] {
  return widths.map((candidate) => ({
    url: cropUnsplashUrl(photo, {
      width: candidate,
      height: Math.round((candidate * height) / width),
      format: 'auto',
    }),
    width: candidate,
  }))
}

/** The server scales what lies in the content folder to exactly these widths. */
const listScaled = (path: string, { widths }: CoverSize): CoverFile[] =>
  widths.flatMap((width) => {
    const url = parseCoverUrl(toMediaAddress(path, width))
    return url ? [{ url, width }] : []
  })

/** Leaves out files that are smaller or larger than any screen would ask for in this place. */
function withinReach(files: CoverFile[], widths: number[]): CoverFile[] {
  const [least, most] = [Math.min(...widths), Math.max(...widths)]
  return files.filter((_, index) => {
    const next = files[index + 1]
    const previous = files[index - 1]
    return (!next || next.width > least) && (!previous || previous.width < most)
  })
}
