import { runSyncProcess } from '#lib/content-sync/run-sync-process.ts'
import { followFleet } from './follow-fleet.ts'

/** Runs in a process of its own: keeps the index as the database of the fleet is. */
runSyncProcess(followFleet)
