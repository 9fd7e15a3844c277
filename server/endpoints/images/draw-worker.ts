import { parentPort } from 'node:worker_threads'
import { type Drawing, drawImage } from './draw-image.ts'

/** Runs in a thread of its own: setting a headline takes a tenth of a second. */
parentPort?.on('message', ({ number, drawing }: { number: number; drawing: Drawing }) => {
  drawImage(drawing).then(
    (image) => parentPort?.postMessage({ number, image }),
    (error) => parentPort?.postMessage({ number, reason: String(error) }),
  )
})
