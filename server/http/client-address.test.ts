import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { clientAddressOf, toNetwork } from './client-address.ts'

const from = (remoteAddress: string, forwarded?: string) =>
  clientAddressOf({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage)

it.each([
  ['a client', '203.0.113.9', undefined, '203.0.113.9'],
  ['a client that claims another address', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a proxy on this machine', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['a proxy on another machine of the network', '10.0.0.7', '6.6.6.6, 2001:db8::1', '2001:db8::1'],
  ['a proxy that does not say', '192.168.0.2', undefined, undefined],
  ['a proxy that says what is no address', '::1', 'unknown', undefined],
])('finds the address behind %s', (_, remote, forwarded, address) => {
  expect(from(remote, forwarded)).toBe(address)
})

it('takes all of one IPv6 network for one', () => {
  expect(toNetwork('2001:db8:0:1:a:b:c:d')).toBe(toNetwork('2001:0db8::1:ffff:0:0:1'))
  expect(toNetwork('203.0.113.9')).toBe('203.0.113.9')
})
