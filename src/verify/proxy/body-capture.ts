import { Transform, type TransformCallback } from 'node:stream'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

/** Keeps a copy of what streams by, up to a size. */
export class BodyCapture extends Transform {
  readonly #limit: number
  #chunks: Buffer[] = []
  size = 0

  constructor(limit: number) {
    super()
    this.#limit = limit
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.size += chunk.length
    if (this.size <= this.#limit) this.#chunks.push(chunk)
    else this.#chunks = []
    done(null, chunk)
  }

  /** All of it; `null`: it was larger than the limit. */
  get bytes(): Buffer | null {
    return this.size > this.#limit ? null : Buffer.concat(this.#chunks)
  }
}

/** A body as it was before it was compressed; `null`: that cannot be undone. */
export function decompress(bytes: Buffer, encoding: string, limit: number): Buffer | null {
  const options = { maxOutputLength: limit }
  try {
    switch (encoding.trim().toLowerCase()) {
      case '':
      case 'identity':
        return bytes
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, options)
      case 'deflate':
        return inflateSync(bytes, options)
      case 'br':
        return brotliDecompressSync(bytes, options)
    }
  } catch {
    // Broken or too large: as good as unknown.
  }
  return null
}
