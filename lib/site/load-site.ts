import { loadSite } from './read-site.ts'

/*
 * The first import of every entry point: modules ask for the languages of the site when they are
 * loaded. A wrong setting ends the process with its sentences and no stack.
 */
try {
  loadSite()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
