import type { Query } from './fleet-database.ts'

/** How long a lease lasts that is not renewed, in s. With a look each second it is taken over within 8. */
export const leaseSeconds = 6

/** Somebody else has taken the lease over: what was to be written is not. */
export class FencedError extends Error {
  override name = 'FencedError'
  constructor(message = 'Another node is the writer now, so nothing was published here.') {
    super(message)
  }
}

export type LeaseName = 'writer' | 'ingest'

/** The rights that one node of a fleet has at a time, as rows of `leases`. */
export type Leases = {
  /** Takes a lease if nobody holds it; `writer` is the right to write documents. Answers the term. */
  takeLease(name: LeaseName, holder: string): Promise<number | undefined>
  /** False when somebody else has it. */
  renewLease(name: LeaseName, holder: string, term: number): Promise<boolean>
  releaseLease(name: LeaseName, holder: string, term: number): Promise<void>
}

export function openLeases(query: Query): Leases {
  return {
    async takeLease(name, holder) {
      const [row] = await query(
        `WITH taken AS (
           INSERT INTO leases AS lease (name, term, holder, until)
           VALUES ($1, (SELECT term + 1 FROM state), $2,
             clock_timestamp() + $3 * interval '1 second')
           ON CONFLICT (name) DO UPDATE SET term = greatest(lease.term + 1, excluded.term),
             holder = excluded.holder, until = excluded.until
             WHERE lease.until < clock_timestamp()
           RETURNING term
         ), noted AS (
           UPDATE state SET term = taken.term FROM taken WHERE $1 = 'writer'
         )
         SELECT term::float8 FROM taken`,
        [name, holder, leaseSeconds],
      )
      return row ? Number(row.term) : undefined
    },

    async renewLease(name, holder, term) {
      const rows = await query(
        `UPDATE leases SET until = clock_timestamp() + $4 * interval '1 second'
         WHERE name = $1 AND holder = $2 AND term = $3 RETURNING term`,
        [name, holder, term, leaseSeconds],
      )
      return rows.length > 0
    },

    async releaseLease(name, holder, term) {
      await query(
        `UPDATE leases SET until = clock_timestamp() - interval '1 second'
         WHERE name = $1 AND holder = $2 AND term = $3`,
        [name, holder, term],
      )
    },
  }
}
