import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawIcon, icons } from './draw-icon.ts'
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

const shared = { name: 'The Ledger', paper: '#ffffff', ink: '#102030' }

describe('drawIcon', () => {
  it.each([
    ['a logo', readFileSync('brand/logo.svg', 'utf8')],
    ['a letter', undefined],
  ])('makes a favicon of %s in the sizes that tabs and task bars use', async (_of, logo) => {
    const ico = await drawIcon({ ...icons['/favicon.ico'], ...shared, logo })
    const pictures = listPictures(ico)
    expect(pictures.map(({ size }) => size)).toEqual([16, 32, 48])
    expect(pictures.at(-1)?.end).toBe(ico.length)
    for (const { size, png } of pictures) {
      const { format, width, height } = await sharp(png).metadata()
      expect([format, width, height]).toEqual(['png', size, size])
    }
  })

  it('makes the icon that phones ask for, on ground of the ink', async () => {
    const shape = icons['/apple-touch-icon.png']
    const png = await drawIcon({
      ...shape,
      ...shared,
      logo: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
    })
    const { data, info } = await sharp(png)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([180, 180])
    expect([...data.subarray(0, 3)]).toEqual([0x10, 0x20, 0x30])
  })

  it('draws the first letter as outlines, and a disc for a letter that our fonts lack', async () => {
    const draw = async (name: string) =>
      String(await drawIcon({ ...icons['/icon.svg'], ...shared, name, logo: undefined }))
    expect(await draw('The Ledger')).not.toContain('<text')
    expect(await draw('The Ledger')).not.toBe(await draw('Ledger'))
    expect(await draw('العملات')).toBe(await draw('币'))
  })
})
