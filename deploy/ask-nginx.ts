import { request } from 'node:http'

/** `from` is the client's address: all of 127.0.0.0/8 are this machine's. */
export type Asked = { method?: string; headers?: Record<string, string>; from?: string }

/**
 * Asks over a connection of its own: one that was kept would be closed by an nginx that reads its
 * configuration again. The headers of the answer are in lower case; the body is as it was sent.
 */
export function askAt(
  url: string,
  { method = 'GET', headers = {}, from = '127.0.0.1' }: Asked = {},
): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof askAt>>>()
  const options = { method, headers, localAddress: from, agent: false }
  const asked = request(url, options, async (response) => {
    const body = Buffer.concat(await response.toArray())
    const entries = Object.entries(response.headers)
    const names = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
    resolve({ status: response.statusCode ?? 0, headers: names, body })
  })
  asked.once('error', reject).end()
  return promise
}
