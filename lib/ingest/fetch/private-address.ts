import { BlockList, isIP } from 'node:net'

/**
 * Addresses that are not on the public Internet, after the special-purpose registries of IANA
 * (https://www.iana.org/assignments/iana-ipv4-special-registry and …-ipv6-special-registry).
 */
const ranges: [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]

const blocked = new BlockList()
for (const [network, prefix] of ranges) {
  blocked.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4')
}

/**
 * Whether an IP address leads to this machine, a private network or anywhere else that a public
 * source cannot be. IPv4 inside IPv6 (`::ffff:127.0.0.1`) is judged as the IPv4 address. What is not
 * an address at all is private, too.
 */
export function isPrivateAddress(address: string): boolean {
  const plain = address.split('%')[0] ?? ''
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  if (mapped !== undefined) return isPrivateAddress(mapped)
  const family = isIP(plain)
  if (family === 0) return true
  if (family === 4) return blocked.check(plain, 'ipv4')
  return /^(0*:)*:?ffff:/i.test(plain) || blocked.check(plain, 'ipv6')
}
