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

/** A text without the values that JSON, XML, forms and queries give to members with names of secrets. */
export function redactMembers(text: string): string {
  return text
    .replace(JSON_TEXT, (whole, start: string, key: string, _value, end: string) =>
      SECRET_KEY.test(key) ? `${start}${REDACTED}${end}` : whole,
    )
    .replace(XML, (whole, name: string, _value, end: string) =>
      SECRET_KEY.test(name) ? `<${name}>${REDACTED}${end}` : whole,
    )
    .replace(FORM, (whole, start: string, name: string) =>
      SECRET_KEY.test(lastKey(name)) ? `${start}${REDACTED}` : whole,
    )
    .replace(PART, (whole, start: string, key: string) => (SECRET_KEY.test(key) ? `${start}${REDACTED}` : whole))
}
