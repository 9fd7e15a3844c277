import type { IncomingMessage, ServerResponse } from 'node:http'
import { commonHeaders } from './security-headers.ts'

/** Whether a request only reads. */
export const isReading = ({ method }: Pick<IncomingMessage, 'method'>): boolean =>
  method === 'GET' || method === 'HEAD'

/** Answers 405 to a request for something that can only be read. */
export function refuseMethod(response: ServerResponse): void {
  response.writeHead(405, { ...commonHeaders, allow: 'GET, HEAD' }).end()
}
