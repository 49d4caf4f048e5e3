const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u
const ATOM = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u

/**
 * Whether a text is an address that mail can go to: dotted atoms before the `@`, a domain with at least one dot
 * after it, nothing around it and nothing that needs quoting (Nextcloud 34.0.1, asked).
 */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1) return false
  const local = text.slice(0, at)
  const labels = text.slice(at + 1).split('.')
  if (local.length > 64 || text.length - at - 1 > 253 || labels.length < 2) return false
  return local.split('.').every((atom) => ATOM.test(atom)) && labels.every((l) => l.length <= 63 && LABEL.test(l))
}
