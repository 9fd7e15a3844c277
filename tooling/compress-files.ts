import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { compressedTypes } from '#server/http/serve-files.ts'

/** Smaller files fit into one packet as they are, in bytes. */
const worthCompressing = 1024

/**
 * Lays a Brotli (`.br`) and a gzip (`.gz`) copy beside every text file below a folder, at their best:
 * the server sends them as they are.
 */
export async function compressFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile() || !compressedTypes[extname(entry.name)]) continue
    const path = join(entry.parentPath, entry.name)
    const body = await readFile(path)
    if (body.length < worthCompressing) continue
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(body, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      }),
      promisify(gzip)(body, { level: constants.Z_BEST_COMPRESSION }),
    ])
    await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
  }
}
