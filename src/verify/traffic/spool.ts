import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'

interface Place {
  readonly at: number
  readonly length: number
}

const NONCE = 12
const TAG = 16

/**
 * Values that are kept until the end without filling the memory: on the disk, in a file without a name, encrypted with
 * a key that nobody else has. What is secret in them can be taken out when all of them are known.
 */
export class Spool<T> {
  readonly #key = randomBytes(32)
  readonly #file: number
  readonly #places: Place[] = []
  #end = 0

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-'))
    this.#file = openSync(join(folder, 'spool'), 'wx+', 0o600)
    // Where the platform allows it, nothing is left of it whatever happens.
    rmSync(folder, { recursive: true, force: true })
  }

  get size(): number {
    return this.#places.length
  }

  /** Bytes on the disk. */
  get bytes(): number {
    return this.#end
  }

  add(value: T): void {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    const sealed = Buffer.concat([nonce, cipher.update(serialize(value)), cipher.final(), cipher.getAuthTag()])
    writeSync(this.#file, sealed, 0, sealed.length, this.#end)
    this.#places.push({ at: this.#end, length: sealed.length })
    this.#end += sealed.length
  }

  /** All values in the order in which they came. */
  *values(): IterableIterator<T> {
    for (const { at, length } of this.#places) {
      const sealed = Buffer.alloc(length)
      readSync(this.#file, sealed, 0, length, at)
      const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE))
      decipher.setAuthTag(sealed.subarray(-TAG))
      yield deserialize(Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]))
    }
  }

  close(): void {
    closeSync(this.#file)
  }
}
