import { escapeRegExp } from './escape-reg-exp.ts'

/** What replaces what: the address of a server by the one that its client used, or the other way round. */
export interface Origins {
  readonly from: string
  readonly to: string
}

/** How an address may stand in a text: plain, with the slashes of JSON, percent-encoded. */
const STYLES: readonly ((origin: string) => string)[] = [
  (origin) => origin,
  (origin) => origin.replaceAll('/', '\\/'),
  (origin) => encodeURIComponent(origin),
]

/** Where an address is named, with both schemes: a server behind another proxy may not know which one its clients use. */
export function addressPattern(from: string): { pattern: RegExp; longest: number } {
  const host = new URL(from).host
  const forms = STYLES.map((style) => escapeRegExp(style(`://${host}`)))
  const pattern = new RegExp(`https?(?:${forms.join('|')})(?![\\w.:-]|%3A)`, 'gi')
  return { pattern, longest: 'https'.length + encodeURIComponent(`://${host}`).length + '%3A'.length }
}

/** Another address in the style of the one that was found. */
export function inItsStyle(to: string): (found: string) => string {
  return (found) => {
    const style = found.includes('\\/') ? STYLES[1]! : found.includes('%') ? STYLES[2]! : STYLES[0]!
    return style(to)
  }
}

/** A text with another address. */
export function rewriteAddresses(text: string, { from, to }: Origins): string {
  return text.replace(addressPattern(from).pattern, inItsStyle(to))
}
