import type { Picture } from '#lib/content/article.ts'
import { toMediaAddress } from '#lib/site/media-address.ts'
import type { CoverImage } from './cover-image.ts'
import { coverSizes } from './cover-sizes.ts'

/** In a text: as wide as its column, which is some 680 px. */
const bodyWidths = [400, 800, 1200, 1600]
const bodySizes = '(min-width: 720px) 680px, 100vw'

/** Every width in which a picture of the content folder can be asked for, ascending. */
export const mediaWidths: readonly number[] = [
  ...new Set([...bodyWidths, ...Object.values(coverSizes).flatMap(({ widths }) => widths)]),
].sort((a, b) => a - b)

/** What an `<img>` in a text loads. The size is the picture's own, so that nothing moves. */
export function toMediaImage({ path, width, height }: Picture): CoverImage {
  const smaller = bodyWidths.filter((one) => one < width)
  const widths = [...smaller, ...bodyWidths.slice(smaller.length, smaller.length + 1)]
  return {
    src: toMediaAddress(path, widths.find((one) => one >= 800) ?? widths.at(-1) ?? 800),
    srcSet: widths.map((one) => `${toMediaAddress(path, one)} ${Math.min(one, width)}w`).join(', '),
    sizes: bodySizes,
    width,
    height,
  }
}
