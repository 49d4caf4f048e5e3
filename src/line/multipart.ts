import type { JsonObject } from '#lib/json.ts'
import { PhpForm } from '#lib/php-form.ts'

/** A file that came in a multipart form. */
export interface Upload {
  /** The name that its sender gave it. */
  readonly filename: string
  /** The type that its sender gave it, or the empty string. */
  readonly type: string
  readonly bytes: Uint8Array
}

export interface MultipartForm {
  readonly fields: JsonObject
  /** Files by the name of their field. */
  readonly uploads: Readonly<Record<string, Upload>>
}

/** PHP's `max_multipart_body_parts`: what comes after so many is not read (PHP 8.2.36, asked). */
const MOST_PARTS = 1020
/** PHP's `max_file_uploads`: files after so many are left out. */
const MOST_FILES = 20

/** Fields and files of a multipart form. Without a boundary there is nothing to read. */
export function parseMultipart(body: Uint8Array, type: string): MultipartForm {
  const form = new PhpForm()
  const uploads: Record<string, Upload> = {}
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (!boundary) return { fields: form.variables, uploads }
  // One character a byte, so that places in the text are places in the bytes.
  const text = new TextDecoder('latin1').decode(body)
  let parts = 0
  let start = text.indexOf(`--${boundary}`)
  while (start >= 0) {
    const next = text.indexOf(`--${boundary}`, start + 1)
    const head = text.indexOf('\r\n\r\n', start)
    if (++parts > MOST_PARTS || next < 0 || head < 0 || head > next) break
    const content = body.subarray(head + 4, Math.max(head + 4, next - 2))
    addPart(decodeUtf8(body.subarray(start, head)), content, form, uploads)
    start = next
  }
  return { fields: form.variables, uploads }
}

function addPart(head: string, content: Uint8Array, form: PhpForm, uploads: Record<string, Upload>): void {
  const name = /\bname="([^"]*)"/i.exec(head)?.[1]
  if (name === undefined) return
  const filename = /\bfilename="([^"]*)"/i.exec(head)?.[1]
  if (filename === undefined) form.set(name, decodeUtf8(content))
  else if (name !== '__proto__' && Object.keys(uploads).length < MOST_FILES) {
    const type = /^content-type:\s*(.+)$/im.exec(head)?.[1]?.trim() ?? ''
    uploads[keyOf(name, uploads)] = { filename, type, bytes: content.slice() }
  }
}

/** Of a list of files (`files[]`) each is kept, as `files[0]`, `files[1]` … */
function keyOf(name: string, uploads: Readonly<Record<string, Upload>>): string {
  if (!name.endsWith('[]')) return name
  const list = name.slice(0, -2)
  let number = 0
  while (`${list}[${number}]` in uploads) number++
  return `${list}[${number}]`
}

const decodeUtf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
