import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'

const privateAddress =
  /^(?:::ffff:)?(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/i

/**
 * The address that a request comes from: who is connected or, when that is a proxy on this machine or in
 * its private network, the one that the proxy saw. Undefined where such a proxy does not say. It is for
 * limits and logs, never for a right: a client of the private network can claim any.
 */
export function clientAddressOf({ headers, socket }: IncomingMessage): string | undefined {
  const remote = socket.remoteAddress ?? ''
  if (!privateAddress.test(remote)) return remote.replace(/^::ffff:/, '')
  const forwarded = [headers['x-forwarded-for']].flat().join(',').split(',').at(-1)?.trim()
  return forwarded && isIP(forwarded) ? forwarded : undefined
}

/** Whoever has an address of IPv6 has all that begin with the same 64 bits. */
export function toNetwork(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address
  const [start = '', end] = address.toLowerCase().split('::')
  const [before, after] = [start, end ?? ''].map((part) => part.split(':').filter(Boolean))
  const zeros = 8 - (before?.length ?? 0) - (after?.length ?? 0)
  const groups = [...(before ?? []), ...Array<string>(zeros).fill('0'), ...(after ?? [])]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
