/** What stays readable in an address, and a slash that was encoded before. */
const READABLE = /%(?:252F|2F|3F|40|3A|21|3B|2C|2A)/g
/** What `encodeURIComponent` leaves, and PHP does not. */
const LEFT = /['()]/g

const code = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`

/**
 * A query as the real server's address generator writes it: some characters stay as they are, and a slash that was encoded
 * in a value is so once, not twice (Nextcloud 34.0.1, asked; Symfony's generator, source).
 */
export function queryOf(parameters: Readonly<Record<string, string>>): string {
  const encode = (text: string) =>
    encodeURIComponent(text)
      .replace(LEFT, code)
      .replace(READABLE, (escaped) => (escaped === '%252F' ? '%2F' : decodeURIComponent(escaped)))
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join('&')
}
