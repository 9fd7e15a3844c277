import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Address } from './address.ts'

/** A request and its response. `request.url` is the true spelling of `address` and nothing else. */
export type Exchange = { request: IncomingMessage; response: ServerResponse; address: Address }

/** Answers an exchange to its end. A rejection becomes a 500 that says nothing of the cause. */
export type Endpoint = (exchange: Exchange) => Promise<void> | void

/** Whether the client wants no body. */
export const isHead = ({ request }: Pick<Exchange, 'request'>): boolean => request.method === 'HEAD'
