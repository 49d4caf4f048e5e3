const PLAIN = ['/', '?', '@', ':', '!', ';', ',', '*']

/** A query as the real server's address generator writes it: some characters stay as they are. */
export function queryOf(parameters: Readonly<Record<string, string>>): string {
  const encode = (text: string) =>
    PLAIN.reduce(
      (query, c) => query.replaceAll(`%${c.charCodeAt(0).toString(16).toUpperCase()}`, c),
      encodeURIComponent(text),
    )
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join('&')
}
