import { printableLines } from '#lib/printable.ts'
import { textOf } from './decode-answer.ts'
import type { Exchange } from './exchange.ts'
import { withoutHashes } from './finding.ts'
import { Redactor } from './redact.ts'

/** Longer answers are cut: the beginning says what kind of answer it is. */
const MOST = 2000

/** The body of an answer for a report, up to 2,000 characters, without what is secret and without whose it is. */
export function shownAnswer(
  { answer }: Pick<Exchange, 'answer'>,
  base: string,
  secrets: readonly string[] = [],
): string {
  const redactor = new Redactor({ base, secrets })
  redactor.learn({ answer })
  const text = printableLines(withoutHashes(redactor.text(textOf(answer))))
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}
