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

type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** Connections to sources: `guarded` reaches public addresses only, `open` any. */
export type Agents = {
  guarded: Agent
  open: Agent
  /**
   * Refuses an address that needs no lookup: a connection to a literal IP address never asks for
   * one. Throws `FetchFailure`.
   */
  refuseLiteral(url: URL): void
  close(): Promise<void>
}

/** What tests put in the place of the network's own answers. */
export type NetworkOverrides = { resolve?: Resolve; isPrivate?: (address: string) => boolean }

/**
 * The check stands in the lookup that the connection itself uses, so that no second answer of a name
 * server can come between the check and the connection.
 */
export function openAgents(
  timeoutMs: number,
  { resolve = lookup, isPrivate = isPrivateAddress }: NetworkOverrides = {},
): Agents {
  const options = {
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 4000,
    connections: 1,
  }
  const guarded = new Agent({
    ...options,
    connect: { timeout: timeoutMs, lookup: guardLookup(resolve, isPrivate) },
  })
  const open = new Agent({ ...options, connect: { timeout: timeoutMs } })
  return {
    guarded,
    open,
    refuseLiteral(url) {
      const host = url.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0 && isPrivate(host)) throw toRefusal(host, host)
    },
    async close() {
      await Promise.all([guarded.destroy(), open.destroy()])
    },
  }
}

function guardLookup(resolve: Resolve, isPrivate: (address: string) => boolean) {
  return (host: string, options: LookupOptions, done: LookupCallback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '')
      const wrong = addresses.find(({ address }) => isPrivate(address))
      const [first] = addresses
      if (wrong || !first) return done(toRefusal(host, wrong?.address ?? 'nowhere'), '')
      if (options.all) return done(null, addresses)
      done(null, first.address, first.family)
    })
  }
}

function toRefusal(host: string, address: string): FetchFailure {
  const where = host === address ? `${host} is` : `${host} leads to ${address}, which is`
  return new FetchFailure(
    `${where} not public; allowPrivate of a source is not set, or is for another host`,
    {},
  )
}
