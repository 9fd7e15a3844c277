import { prepare } from './prepare.mjs'

/**
 * `npm start`: installs what is missing, builds what has changed, serves. `--dev` serves from source
 * instead; `--build` stops after building.
 */
const isDevelopment = process.argv.includes('--dev')
process.env.NODE_ENV = isDevelopment ? 'development' : 'production'

await prepare()
if (isDevelopment) {
  const { buildFonts } = await import('./build-fonts.ts')
  await buildFonts()
} else {
  const { buildWhenStale } = await import('./build.ts')
  const status = await buildWhenStale()
  if (status !== 0) process.exit(status)
}
if (!process.argv.includes('--build')) await import('#server/main.ts')
