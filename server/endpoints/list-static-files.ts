import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { safeDecode } from '#lib/site/safe-decode.ts'

/**
 * Tells addresses of files from addresses of pages: everything under `/_next/`, and the files that
 * stand in `public/` when the server starts (the framework serves no others).
 */
export async function listStaticFiles(siteDir: string): Promise<(pathname: string) => boolean> {
  const publicDir = join(siteDir, 'public')
  const found = await readdir(publicDir, { recursive: true, withFileTypes: true })
  const paths = new Set(
    found
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name).slice(publicDir.length).split(sep).join('/')),
  )
  return (pathname) => pathname.startsWith('/_next/') || paths.has(safeDecode(pathname) ?? pathname)
}
