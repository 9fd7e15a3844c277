import '#lib/site/load-site.ts'
import { writeManuals } from './settings-manual.ts'

/** `npm run settings:write`: writes `.env.example` and the tables of README.md from the schemas. */
await writeManuals()
