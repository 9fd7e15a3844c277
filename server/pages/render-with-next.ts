import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { RenderRequest } from './render-messages.ts'

/** The framework's response to one request, as it was handed to us. */
export type Captured = { status: number; contentType: string; body: Buffer }

/**
 * Lets the framework answer one request that we make, and captures the response. Each rendering has its
 * own request and response, so two at once cannot be confused. The path is ours, and no header of a
 * client is passed on.
 */
export function renderWithNext(
  handle: RequestListener,
  { path }: RenderRequest,
): Promise<Captured> {
  const incoming = new IncomingMessage(new Socket())
  incoming.method = 'GET'
  incoming.url = path
  // Without a name of the client the framework streams metadata in a script at the end.
  incoming.headers = { host: 'localhost', 'user-agent': 'Dateline' }
  incoming.push(null)
  const outgoing = new CapturedResponse(incoming)
  return new Promise((resolve, reject) => {
    outgoing.onEnd = resolve
    Promise.resolve(handle(incoming, outgoing)).catch(reject)
  })
}

type Chunk = string | Uint8Array

/** A response that is written to memory. */
class CapturedResponse extends ServerResponse {
  onEnd: (captured: Captured) => void = () => {}
  private readonly chunks: Buffer[] = []
  private isEnded = false

  override write(chunk: Chunk, encoding?: unknown, done?: unknown): boolean {
    this.take(chunk, encoding)
    callLast(encoding, done)
    return true
  }

  override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.take(chunk, encoding)
    if (!this.isEnded) {
      this.isEnded = true
      this.onEnd({
        status: this.statusCode,
        contentType: String(this.getHeader('content-type') ?? 'application/octet-stream'),
        body: Buffer.concat(this.chunks),
      })
      // The framework waits for these before it ends the request.
      process.nextTick(() => {
        this.emit('finish')
        this.emit('close')
      })
    }
    callLast(chunk, encoding, done)
    return this
  }

  override flushHeaders(): void {}

  private take(chunk: Chunk, encoding: unknown): void {
    const isEncoding = typeof encoding === 'string' && Buffer.isEncoding(encoding)
    this.chunks.push(
      typeof chunk === 'string'
        ? Buffer.from(chunk, isEncoding ? encoding : 'utf8')
        : Buffer.from(chunk),
    )
  }
}

/** Node's signatures have the callback in any place. */
function callLast(...parameters: unknown[]): void {
  const done = parameters.find((parameter) => typeof parameter === 'function')
  if (done) process.nextTick(() => Reflect.apply(done, undefined, []))
}
