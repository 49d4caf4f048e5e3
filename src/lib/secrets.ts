/** Members whose values are secrets wherever they occur; numbers of things with a password are none. */
export const SECRET_KEY =
  /^(?!num_).*(?:pass(word|phrase|wd)?(by\w+)?$|token(hash)?$|secret|cookie|session_?id|authorization|private_?key|api_?key|salt$|signature$|deviceidentifier$)/i

export const REDACTED = 'redacted'

/** Pairs of a form or a query. */
const FORM = /((?:^|[?&])((?:[\w[\]-]|%5[bd])+)=)(?!redacted)([^&\s"'<>]+)/gi
/** `c` of `a[b][c]`. */
const lastKey = (name: string) => /[\w-]+$/.exec(name.replace(/%5[bd]/gi, ']').replace(/\]+$/, ''))?.[0] ?? ''
/** Fields of a multipart form. */
const PART = /(name="(?:[\w-]+\[)?([\w-]+)\]?"\r?\n(?:[\w-]+:[^\r\n]*\r?\n){0,20}\r?\n)([^\r\n]+)/gi
/** Texts of JSON; the last one of a text that was cut has no end. */
const JSON_TEXT = /("([\w-]+)"\s*:\s*")(?!redacted")((?:[^"\\]|\\.)+)("|\\?$)/g
/** `1` is how XML says true: an account that can set its password has no secret there. */
const XML = /<([\w-]+)>(?!1<)([^<]+)(<\/\1>|$)/g

/** Which members are secrets, by their names. */
export interface SecretNames {
  /** @param value what stands there, as JSON or XML writes it */
  isSecret(key: string, value?: string): boolean
  /** All members of such an object are secrets, whatever these are called. */
  holdsSecrets(key: string): boolean
  /** What people are called stands there: it is another name in what others get to see. Default: nowhere. */
  namesPeople?(key: string): boolean
}

const BY_NAME: SecretNames = { isSecret: (key) => SECRET_KEY.test(key), holdsSecrets: () => false }

/** Objects of JSON that hold no other. */
const HOLDER = /("([\w-]+)"\s*:\s*)(\{[^{}]*\})/g
/** The values of such an object. */
const VALUE = /(:\s*)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)/g

/** A text without the values that JSON, XML, forms and queries give to members with names of secrets. */
export function redactMembers(text: string, { isSecret, holdsSecrets }: SecretNames = BY_NAME): string {
  return text
    .replace(HOLDER, (whole, start: string, key: string, members: string) =>
      holdsSecrets(key) ? start + members.replace(VALUE, `$1"${REDACTED}"`) : whole,
    )
    .replace(JSON_TEXT, (whole, start: string, key: string, value: string, end: string) =>
      isSecret(key, value) ? `${start}${REDACTED}${end}` : whole,
    )
    .replace(XML, (whole, name: string, value: string, end: string) =>
      isSecret(name, value) ? `<${name}>${REDACTED}${end}` : whole,
    )
    .replace(FORM, (whole, start: string, name: string) => (isSecret(lastKey(name)) ? `${start}${REDACTED}` : whole))
    .replace(PART, (whole, start: string, key: string) => (isSecret(key) ? `${start}${REDACTED}` : whole))
}
