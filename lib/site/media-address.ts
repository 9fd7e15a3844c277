/** Addresses of pictures of the content folder: `/media/photo.jpg?w=800`, decoded `media/photo.jpg`. */
const prefix = '/media/'

/** The path of a picture of ours as the index knows it; undefined for any other address. */
export function toMediaPath(address: string): string | undefined {
  if (!address.startsWith(prefix)) return undefined
  try {
    return decodeURIComponent(address.slice(1).replace(/[?#].*$/, ''))
  } catch {
    return undefined
  }
}

/** A picture scaled to a width in pixels. `path` is decoded: `media/photo.jpg`. */
export const toMediaAddress = (path: string, width: number): string =>
  `/${path.split('/').map(encodeURIComponent).join('/')}?w=${width}`

/** The width that an address asks for; undefined where it names none, NaN where it makes no sense. */
export function readMediaWidth(search: string): number | undefined {
  const width = new URLSearchParams(search).get('w')
  if (width === null) return undefined
  return /^[1-9]\d{1,3}$/.test(width) ? Number(width) : Number.NaN
}
