import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { isIP } from 'node:net'
import { Agent } from 'undici'
import { FetchFailure } from './fetch-failure.ts'
import { isPrivateAddress } from './private-address.ts'

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void

export type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** Connections to sources: `guarded` reaches public addresses only, `open` any. */
export type Agents = { guarded: Agent; open: Agent; close(): Promise<void> }

/**
 * The check stands in the lookup that the connection itself uses, so that no second answer of a name
 * server can come between the check and the connection. `resolve` replaces the system's in tests.
 */
export function openAgents({
  timeoutMs,
  resolve = lookup,
}: {
  timeoutMs: number
  resolve?: Resolve
}): Agents {
  const options = {
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 4000,
    connections: 1,
  }
  const guarded = new Agent({
    ...options,
    connect: { timeout: timeoutMs, lookup: guardLookup(resolve) },
  })
  const open = new Agent({ ...options, connect: { timeout: timeoutMs } })
  return {
    guarded,
    open,
    async close() {
      await Promise.all([guarded.destroy(), open.destroy()])
    },
  }
}

function guardLookup(resolve: Resolve) {
  return (host: string, options: LookupOptions, done: LookupCallback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '')
      const wrong = addresses.find(({ address }) => isPrivateAddress(address))
      const [first] = addresses
      if (wrong || !first) return done(toRefusal(host, wrong?.address ?? 'nowhere'), '')
      if (options.all) return done(null, addresses)
      done(null, first.address, first.family)
    })
  }
}

function toRefusal(host: string, address: string): FetchFailure {
  return new FetchFailure(
    `${host} leads to ${address}, which is not public; allowPrivate is not set for this source`,
    {},
  )
}

/**
 * Refuses an address that needs no lookup: a connection to a literal IP address never asks for one.
 * Throws `FetchFailure`.
 */
export function refusePrivateLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw toRefusal(host, host)
}
