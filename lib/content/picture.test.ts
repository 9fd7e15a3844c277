import sharp from 'sharp'
import { expect, it } from 'vitest'
import { parsePicture } from './picture.ts'
import { maxPictureBytes } from './read-content-folder.ts'

const draw = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } })
const refusal = (path: string, bytes: Uint8Array) =>
  parsePicture({ path, bytes }).then(
    () => undefined,
    (error: Error) => error.message,
  )

it('knows the size of a picture as it is seen, turned as its camera says', async () => {
  const bytes = await draw(40, 20).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  expect(await parsePicture({ path: 'media/a.jpg', bytes })).toEqual({
    path: 'media/a.jpg',
    width: 20,
    height: 40,
  })
})

it('refuses a picture whose name says another format', async () => {
  const png = await draw(4, 4).png().toBuffer()
  expect(await refusal('media/a.jpg', png)).toContain(
    'found the format "png", expected the format that its name says: jpg',
  )
})

it.each(['<script>alert(1)</script>', '', 'GIF89a', '%PDF-1.7'])('refuses %j', async (text) => {
  expect(await refusal('media/a.png', Buffer.from(text))).toContain('no picture that can be read')
})

it('refuses a drawing, under its own name and under that of a picture', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')
  expect(await refusal('media/a.svg', svg)).toContain('found a drawing (SVG)')
  expect(await refusal('media/a.png', svg)).toContain('found the format "svg"')
})

it('refuses a small file with very many pixels without decoding them', async () => {
  const bomb = await sharp({
    create: { width: 12_000, height: 12_000, channels: 3, background: '#000' },
  })
    .png({ compressionLevel: 9 })
    .toBuffer()
  expect(bomb.length).toBeLessThan(maxPictureBytes)
  expect(await refusal('media/a.png', bomb)).toContain('12000 × 12000 pixels')
})
