/** A square picture of an icon file: its side in pixels (at most 256), and its bytes. */
export type IcoPicture = { size: number; png: Buffer }

const headerBytes = 6
const entryBytes = 16

/**
 * An ICO file of PNG pictures: a header, a directory entry for each, then their bytes. The format is
 * described at https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10); pictures may
 * be PNG since Windows Vista, and browsers read them.
 */
export function toIco(pictures: IcoPicture[]): Buffer {
  const header = Buffer.alloc(headerBytes)
  // 1: an icon, and not a cursor.
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = headerBytes + pictures.length * entryBytes
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(entryBytes)
    // 256 is written as 0.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    // One plane of 32 bits a pixel.
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)])
}
