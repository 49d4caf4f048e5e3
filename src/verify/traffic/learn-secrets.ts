import { base64 } from '#lib/base64.ts'
import { parseStr } from '#lib/php-form.ts'
import type { SecretNames } from '#lib/secrets.ts'
import { parseMultipart } from '#line/multipart.ts'
import type { Redactor } from '../redact.ts'
import { RECORDED_SECRETS } from '../secret-names.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { type ObservedExchange, requestHeader } from './observed-exchange.ts'

/** Cookies that say who somebody is, not that they are it. */
const NAMES_SOMEBODY = /^nc_username$/i
/** Parameters that hold the value of another one, which is named beside them: `key=password&value=…`. */
const VALUE_OF_ANOTHER = /^(config_?)?values?$/i

/**
 * Teach a redactor the secrets that a request carries: credentials, cookies, tokens, passwords in parameters.
 * @param names which members are secret in it
 */
export function learnRequestSecrets(
  redactor: Redactor,
  observed: ObservedExchange,
  params: Readonly<Record<string, string>>,
  names: SecretNames = RECORDED_SECRETS,
): void {
  for (const [name, value] of observed.headers) learnHeader(redactor, name, value)
  for (const [name, value] of Object.entries(params)) if (names.isSecret(name)) redactor.learnSecret(decode(value))
  const named = names.isSecret(decode(observed.path.split('/').at(-1) ?? ''))
  learnParameters(redactor, parseStr(observed.query), named, names)
  const type = requestHeader(observed, 'content-type')
  const text = decodeUtf8(observed.body)
  if (/^multipart\/form-data/i.test(type))
    learnParameters(redactor, parseMultipart(observed.body, type).fields, named, names)
  else if (/^application\/x-www-form-urlencoded/i.test(type))
    learnParameters(redactor, parseStr(text ?? ''), named, names)
  else if (text !== null) {
    redactor.learnText(text, names)
    learnParameters(redactor, readJson(text), named, names)
  }
}

function learnHeader(redactor: Redactor, name: string, value: string): void {
  if (name === 'host') redactor.learnHost(value)
  else if (name === 'cookie') {
    for (const pair of value.split(';')) {
      const [key = '', content = ''] = splitAt(pair.trim(), '=')
      if (!NAMES_SOMEBODY.test(key)) for (const form of [content, decode(content)]) redactor.learnSecret(form)
    }
  } else if (name === 'authorization') learnCredentials(redactor, value)
  else if (RECORDED_SECRETS.isSecret(name) || /auth/i.test(name)) redactor.learnSecret(value)
}

function learnCredentials(redactor: Redactor, value: string): void {
  const [, scheme = '', credentials = ''] = /^(\S+)\s+(.*)$/.exec(value) ?? []
  if (!/^basic$/i.test(scheme)) {
    redactor.learnSecret(credentials === '' ? value : credentials)
    return
  }
  redactor.learnPair(credentials)
  const bytes = decodeBase64(credentials)
  if (bytes === null) return
  const [login = '', password = ''] = splitAt(bytes, ':')
  // A password that is the account's own name protects nothing, and hiding it would hide the name.
  if (password === login) return
  redactor.learnPassword(password)
  redactor.learnPair(base64(`${login}:${password}`))
}

/** @param named the address names what the value is: `…/config/apps/files/secret` */
function learnParameters(
  redactor: Redactor,
  parameters: Readonly<Record<string, unknown>>,
  named: boolean,
  names: SecretNames,
): void {
  const about = named || Object.values(parameters).some((value) => typeof value === 'string' && names.isSecret(value))
  for (const [name, value] of Object.entries(parameters)) {
    if (names.holdsSecrets(name)) learnAll(redactor, value)
    else if (typeof value === 'object' && value !== null)
      learnParameters(redactor, value as Record<string, unknown>, false, names)
    else if (names.isSecret(name)) redactor.learnSecret(String(value))
    else if (about && VALUE_OF_ANOTHER.test(name)) redactor.learnPassword(String(value))
  }
}

/** Everything in a value is secret. */
function learnAll(redactor: Redactor, value: unknown): void {
  if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) learnAll(redactor, item)
  else redactor.learnSecret(String(value))
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

function decodeBase64(text: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)))
  } catch {
    return null
  }
}
