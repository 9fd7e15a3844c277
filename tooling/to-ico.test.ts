import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { toIco } from './to-ico.ts'

/** Reads the pictures back by the directory of the file. */
function listPictures(ico: Buffer) {
  const [reserved, kind, count] = [0, 2, 4].map((at) => ico.readUInt16LE(at))
  expect([reserved, kind]).toEqual([0, 1])
  return Array.from({ length: count ?? 0 }, (_, number) => {
    const at = 6 + number * 16
    const start = ico.readUInt32LE(at + 12)
    return {
      size: ico.readUInt8(at) || 256,
      png: ico.subarray(start, start + ico.readUInt32LE(at + 8)),
      end: start + ico.readUInt32LE(at + 8),
    }
  })
}

describe('toIco', () => {
  it('says where each picture is, and how large', () => {
    const pictures = [
      { size: 16, png: Buffer.from('small') },
      { size: 256, png: Buffer.from('the largest') },
    ]
    expect(listPictures(toIco(pictures))).toMatchObject(pictures)
  })
})

describe('the icons in public/', () => {
  it('hold a favicon in the sizes that tabs and task bars use', async () => {
    const ico = await readFile(resolve('public/favicon.ico'))
    const pictures = listPictures(ico)
    expect(pictures.map(({ size }) => size)).toEqual([16, 32, 48])
    expect(pictures.at(-1)?.end).toBe(ico.length)
    for (const { size, png } of pictures) {
      const { format, width, height } = await sharp(png).metadata()
      expect([format, width, height]).toEqual(['png', size, size])
    }
  })

  it('hold the icon that phones ask for at the root', async () => {
    const { format, width, height } = await sharp(resolve('public/apple-touch-icon.png')).metadata()
    expect([format, width, height]).toEqual(['png', 180, 180])
  })
})
