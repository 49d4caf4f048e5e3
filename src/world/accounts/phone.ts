import { includesLength, longest, type NumberingPlan, planOf, plansOfCode, shortest } from './phone-plans.ts'

/** The country code of a region (ISO 3166, two letters), or `null` where there is no such region. */
export function codeOfRegion(region: string): string | null {
  return planOf(region)?.code ?? null
}

/**
 * A telephone number as `+49711252428`, or `null` where no such number can exist.
 * @param region where a number without a country code is; it need not exist when the number has one
 */
export function toInternational(given: string, region: string): string | null {
  const text = extract(given.trim())
  if (text === null) return null
  const home = planOf(region)
  if (!home && !text.startsWith('+')) return null
  const split = splitCode(text, home)
  if (!split) return null
  const national = withoutNationalPrefix(split.rest, split.plan)
  if (national.length < 2 || national.length > 17) return null
  return isNumber(split.plan.code, national) ? `+${split.plan.code}${national}` : null
}

const PUNCTUATION =
  '-x\u2010-\u2015\u2212\u30fc\uff0d-\uff0f \u00a0\u00ad\u200b\u2060\u3000()\uff08\uff09\uff3b\uff3d.\\[\\]/~\u2053\u223c'
const VIABLE = new RegExp(`^(?:\\d{2}|\\+*(?:[${PUNCTUATION}*]*\\d){3,}[${PUNCTUATION}*a-z\\d]*)$`, 'i')
const EXTENSION =
  /(?:;ext=\d{1,20}|[ \u00a0\t,]*(?:e?xt(?:ensi(?:o\u0301?|ó))?n?|доб|anexo)[:.]?[ \u00a0\t,-]*\d{1,20}#?|[ \u00a0\t,]*(?:[x#~]|int)[:.]?[ \u00a0\t,-]*\d{1,9}#?|[- ]+\d{1,6}#|[ \t]*(?:,,|;)[:.]?[ \t,-]*\d{1,15}#?|[ \t]*,+[:.]?[ \t,-]*\d{1,9}#?)$/i

/** The part of a text that is a number: what is before it, behind it and its extension is cut off. */
function extract(given: string): string | null {
  const start = given.replaceAll('\uff0b', '+').search(/[+\d]/)
  if (start < 0 || given.length > 250) return null
  const text = given
    .replaceAll('\uff0b', '+')
    .slice(start)
    .replace(/[^\da-z#]+$/i, '')
    .replace(/[\\/] *x.*$/s, '')
  const main = text.replace(EXTENSION, '')
  if (VIABLE.test(main)) return main
  return VIABLE.test(text) ? text : null
}

const KEYPAD = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz']

/** Digits only. Three letters make it a number to be typed by letters, otherwise they are dropped. */
function digitsOf(text: string): string {
  if (!/(?:[a-z].*){3}/i.test(text)) return text.replace(/\D/g, '')
  const typed = text.replace(/[a-z]/gi, (letter) =>
    String(KEYPAD.findIndex((key) => key.includes(letter.toLowerCase())) + 2),
  )
  return typed.replace(/\D/g, '')
}

interface Split {
  readonly plan: NumberingPlan
  readonly rest: string
}

/** A number taken apart into its country and the rest, or `null`. */
function splitCode(text: string, home: NumberingPlan | null): Split | null {
  const digits = digitsOf(text)
  if (text.startsWith('+')) return splitKnownCode(digits) ?? (home ? splitHome(digits, home) : null)
  return splitHome(digits, home!)
}

function splitHome(digits: string, home: NumberingPlan): Split | null {
  const abroad = home.international && new RegExp(`^(?:${home.international})`).exec(digits)
  // A country code never starts with zero, so such a number was not dialled abroad.
  if (abroad && digits[abroad[0].length] !== '0') return splitKnownCode(digits.slice(abroad[0].length))
  if (digits.startsWith(home.code)) {
    const rest = withoutPrefix(digits.slice(home.code.length), home)
    const better = !fits(home.general, digits) && fits(home.general, rest)
    if (better || digits.length > longest(home.lengths)) return { plan: home, rest }
  }
  return { plan: home, rest: digits }
}

function splitKnownCode(digits: string): Split | null {
  if (digits.length <= 2) return null
  for (let length = 1; length <= 3; length++) {
    const [main] = plansOfCode(digits.slice(0, length))
    if (main) return { plan: main, rest: digits.slice(length) }
  }
  return null
}

/** The national prefix is dropped unless too little would be left. */
function withoutNationalPrefix(digits: string, plan: NumberingPlan): string {
  const rest = withoutPrefix(digits, plan)
  const isLocal = plan.localLengths !== '' && includesLength(plan.localLengths, rest.length)
  const isBetween = rest.length < longest(plan.lengths) && !includesLength(plan.lengths, rest.length)
  return isLocal || rest.length < shortest(plan.lengths) || isBetween ? digits : rest
}

function withoutPrefix(digits: string, plan: NumberingPlan): string {
  const found = plan.national && new RegExp(`^(?:${plan.national})`).exec(digits)
  if (!found || digits === '') return digits
  const captured = found.length > 1 && found.at(-1) !== undefined
  const rest =
    plan.replacement !== '' && captured
      ? digits.replace(new RegExp(`^(?:${plan.national})`), plan.replacement)
      : digits.slice(found[0].length)
  // A number that is one already keeps its first digits if it were none without them.
  return fits(plan.general, digits) && !fits(plan.general, rest) ? digits : rest
}

const fits = (pattern: string, digits: string) => new RegExp(`^(?:${pattern})$`).test(digits)

/** Whether the region that such a number belongs to has it. */
function isNumber(code: string, national: string): boolean {
  const plans = plansOfCode(code)
  const plan =
    plans.length === 1
      ? plans[0]
      : plans.find((one) =>
          one.leading === '' ? hasType(one, national) : new RegExp(`^(?:${one.leading})`).test(national),
        )
  return plan !== undefined && hasType(plan, national)
}

function hasType(plan: NumberingPlan, national: string): boolean {
  if (!includesLength(plan.lengths, national.length) || !fits(plan.general, national)) return false
  return plan.types.some(
    ([lengths, pattern]) => (lengths === '' || includesLength(lengths, national.length)) && fits(pattern, national),
  )
}
