/** What differs between two recordings of the same server. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\+\d\d:\d\d| UTC)?/g, '{time}'],
  // As names of folders have them.
  [/\b\d{4}-\d\d-\d\d \d\d-\d\d-\d\d\b/g, '{time}'],
  // Before times alone: from ten to noon and from ten to midnight they have two digits too.
  [/[A-Z][a-z]+ \d+, \d{4}, \d+:\d\d:\d\d.[AP]M/g, '{moment}'],
  [/\b\d\d:\d\d:\d\d\b/g, '{elapsed}'],
  [/\b1[6-9]\d{8}\b/g, '{seconds}'],
  [/\b1[4-9]\d{16}\b/g, '{snowflake}'],
  [/^[A-Za-z0-9+/]{64}$|^[A-Za-z0-9+/]*IDAQAB$/gm, '{key}'],
  [/127\.0\.0\.1:\d+/g, '{host}'],
  [/\b[A-Za-z0-9]{31,72}\b/g, '{token}'],
  [/(etag: )[0-9a-f]{13}$/gm, '$1{etag}'],
  // Numbers of files count what else a server made, such as pictures of accounts.
  [/(fileid|root id|"file"|"root_id")(: ?)\d+/g, '$1$2{id}'],
  [/^(\| \d+ +)\| \d+ +\| \//gm, '$1| {id} | /'],
  // The recorder wrote another folder over the server's own, so that boxes around it have the old one's width.
  [/^ +\n(.*\/var\/www\/html\/.*\n) +$/gm, '\n$1'],
]

/** A text with marks where times, tokens and addresses were. */
export const maskVolatile = (text: string): string =>
  MASKS.reduce((masked, [pattern, by]) => masked.replace(pattern, by), text)
