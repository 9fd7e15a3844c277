import { rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import { type BrowserBuild, browserBuildFile } from '#lib/site/build/browser-build.ts'

const root = resolve(import.meta.dirname, '..')

/** Among the framework's static files, which are immutable for caches; the proxy sends them from disk. */
const folder = 'static/reader'
/** Apart from what readers fetch. */
const deskFolder = 'static/desk'

const sources = {
  page: 'components/layout/page/page.browser.ts',
  firstPaint: 'components/layout/page/first-paint.browser.ts',
  worker: 'components/offline/worker/service-worker.browser.ts',
  desk: 'components/desk/desk.browser.ts',
  deskStyle: 'components/desk/desk.css',
}

/**
 * Makes hashed files of the browser modules and notes their names for the server, in the folder of a
 * build of the framework, which has to exist. Rejects with the bundler's own message.
 */
export async function buildBrowserModules(
  buildDir: string,
  buildId: string,
): Promise<BrowserBuild> {
  const outdir = join(buildDir, folder)
  const deskDir = join(buildDir, deskFolder)
  for (const dir of [outdir, deskDir]) rmSync(dir, { recursive: true, force: true })
  const shared = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    metafile: true as const,
    target: ['es2022', 'safari16.4'],
    legalComments: 'none' as const,
    outdir,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
  } satisfies BuildOptions
  const [page, firstPaint, desk] = await Promise.all([
    build({ ...shared, entryPoints: [sources.page], format: 'esm', splitting: true }),
    build({ ...shared, entryPoints: [sources.firstPaint], format: 'iife', write: false }),
    build({
      ...shared,
      outdir: deskDir,
      entryPoints: [sources.desk, sources.deskStyle],
      format: 'esm',
      splitting: true,
    }),
  ])
  const files = Object.keys(page.metafile.outputs)
  const worker = await build({
    ...shared,
    entryPoints: [sources.worker],
    format: 'iife',
    write: false,
    // Another build is another worker, which copies the fixed pages with their new files.
    banner: { js: `/* ${buildId} */` },
    define: {
      modules: JSON.stringify(files.map((file) => toAddress(folder, file))),
      'process.env.NODE_ENV': '"production"',
    },
  })
  const built = {
    page: findAddress(page.metafile, folder, sources.page),
    firstPaint: firstPaint.outputFiles[0]?.text.trim() ?? '',
    worker: worker.outputFiles[0]?.text ?? '',
    desk: {
      script: findAddress(desk.metafile, deskFolder, sources.desk),
      style: findAddress(desk.metafile, deskFolder, sources.deskStyle),
    },
  }
  writeFileSync(join(buildDir, browserBuildFile), JSON.stringify(built))
  return built
}

function findAddress({ outputs }: Metafile, folder: string, source: string): string {
  const file = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === source)
  if (file === undefined) throw new Error(`${source} became no file.`)
  return toAddress(folder, file)
}

const toAddress = (folder: string, file: string) => `/_next/${folder}/${basename(file)}`
