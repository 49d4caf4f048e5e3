/** The part before the at sign: dot-separated words of printable ASCII without brackets, commas and the like. */
const LOCAL_WORD = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
const LOCAL = new RegExp(`^(?:${LOCAL_WORD}|"[^"\\\\\\r\\n]*")(?:\\.(?:${LOCAL_WORD}|"[^"\\\\\\r\\n]*"))*$`, 'i')
const LABEL = /^[a-z0-9]+(?:-+[a-z0-9]+)*$/i
const TOP_LEVEL = /^(?:xn--[a-z0-9]+|[a-z][a-z0-9]*)(?:-+[a-z0-9]+)*$/i

/**
 * Whether a text is an address as PHP's FILTER_VALIDATE_EMAIL sees it: ASCII only, at least one dot in the host
 * name, and a last part that starts with a letter.
 */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1 || text.length > 254) return false
  const local = text.slice(0, at)
  const labels = text.slice(at + 1).split('.')
  if (local.length > 64 || !LOCAL.test(local)) return false
  if (/^\[\d{1,3}(?:\.\d{1,3}){3}\]$/.test(text.slice(at + 1))) return true
  return (
    labels.length > 1 &&
    labels.every((label) => label.length < 64 && LABEL.test(label)) &&
    TOP_LEVEL.test(labels.at(-1)!)
  )
}
