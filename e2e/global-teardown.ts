import { rm } from 'node:fs/promises'

/** The site has stopped by now; what it was given and what it made goes. */
export default async function removeWorkingFolder() {
  if (process.env.E2E_FOLDER) await rm(process.env.E2E_FOLDER, { recursive: true, force: true })
}
