import '#lib/site/load-site.ts'
import { join, resolve } from 'node:path'
import { type Report, typedFrom } from '#cli/command.ts'
import { writeWhole } from '#lib/node/write-whole.ts'
import { paperDir } from '#lib/site/read-environment.ts'
import { drawIcon, listIcons } from '#server/endpoints/images/draw-icon.ts'

/**
 * `dateline icons:draw <folder>`: draws the icons of the publication into a folder, for app stores and
 * the like, or to look at them. The site draws the same icons itself when they are asked for.
 */
export async function drawIcons(folder: string): Promise<Report> {
  const target = resolve(typedFrom(), folder)
  const icons = listIcons(paperDir())
  for (const icon of icons) await writeWhole(join(target, icon.path), await drawIcon(icon))
  return {
    text: `${icons.length} icons are in ${target}.`,
    json: { folder: target, icons: icons.map(({ path }) => path) },
  }
}
