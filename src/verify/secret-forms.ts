import { base64 } from '#lib/base64.ts'
import { toJson } from '#line/encode.ts'

/** Shorter values occur by chance elsewhere, so they are only replaced where they were found. */
export const LEAST_LENGTH = 8

/** The forms in which a secret may stand in a text: plain, and as JSON, XML, addresses, forms and Basic write it. */
export function formsOf(secret: string): string[] {
  const forms = new Set([secret, JSON.stringify(secret).slice(1, -1), toJson(secret).slice(1, -1)])
  const encoded = encodeURIComponent(secret)
  const strict = encoded.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  for (const form of [encoded, strict, strict.replaceAll('%20', '+'), strict.replaceAll('~', '%7E')]) {
    forms.add(form)
    forms.add(form.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()))
  }
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = xml.replaceAll('"', '&quot;')
  for (const form of [xml, quoted])
    for (const apostrophe of ["'", '&#039;', '&#39;', '&apos;']) forms.add(form.replaceAll("'", apostrophe))
  forms.add(base64(secret))
  return [...forms]
}
