import { toJson } from '../steps/encode.ts'
import { parseJson, parseXml, plain, textOf, type XmlElement } from './decode.ts'
import type { Exchange } from './exchange.ts'

/** Headers that say something about the API. All others, cookies first, are never kept. */
const KEPT_HEADERS: ReadonlySet<string> = new Set([
  'content-type',
  'location',
  'retry-after',
  'www-authenticate',
  'x-activity-first-known',
  'x-activity-last-given',
  'x-nc-auth-notconfirmed',
  'x-nextcloud-maintenance-mode',
])

/** Members whose values are secrets wherever they occur. */
const SECRET_KEY = /pass(word|phrase|wd)?$|token$|secret|cookie|session_?id|authorization|private_?key|api_?key|salt$/i
/** Members that tell where on its disk a server keeps its data. */
const LOCATION_KEY = /^(storageLocation|datadirectory)$/i

/** Shorter values occur by chance elsewhere, so they are only replaced where they were found. */
const LEAST_LENGTH = 8

const REDACTED = 'redacted'
const HOST = 'cloud.example.com'
const EMAIL = /[\p{L}\d._+~-]+(?:@|%40)[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/giu
const URL_HOST =
  /(https?:(?:\\?\/){2})((?:[^\s"'<>\\/@:]+(?::[^\s"'<>\\/@]*)?@)?)([\w-]+(?:\.[\w-]+)*)(:\d+)?(?=[\\/"'<\s?#,)]|$)/gi
/** Addresses that every instance names: manuals, app store, namespaces. */
const PUBLIC_HOST =
  /(^|\.)(nextcloud\.com|owncloud\.(com|org)|github\.com|freedesktop\.org|w3\.org|example\.(com|org|net))$/i

export interface RedactorOptions {
  /** The address of the instance. */
  readonly base: string
  /** Passwords and everything else that the caller knows to be secret. */
  readonly secrets: readonly string[]
}

/**
 * Takes everything out of exchanges that should not reach a disk: passwords, tokens, cookies, e-mail
 * addresses, hosts. It must see all exchanges before it redacts the first, because a token that one answer
 * names may stand inside a link of another.
 */
export class Redactor {
  readonly #literal = new Map<string, string>()
  readonly #emails = new Map<string, string>()
  readonly #hosts = new Map<string, string>()

  constructor({ base, secrets }: RedactorOptions) {
    const { host, hostname } = new URL(base)
    for (const secret of secrets) this.#learn(secret, REDACTED)
    this.#literal.set(host, HOST)
    if (hostname.length >= 4) this.#literal.set(hostname, HOST)
  }

  /** Find the secrets that an exchange names itself. */
  learn(exchange: Exchange): void {
    const text = textOf(exchange.answer)
    if (text.startsWith('<?xml')) {
      const root = parseXml(text)
      if (typeof root !== 'string') this.#learnXml(root)
      return
    }
    const json = parseJson(text)
    if (typeof json !== 'string') this.#learnJson(plain(json.value))
  }

  #learnJson(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) {
      if (typeof member === 'string') this.#learnMember(key, member)
      else this.#learnJson(member)
    }
  }

  #learnXml({ name, text, children }: XmlElement): void {
    this.#learnMember(name, text)
    for (const child of children) this.#learnXml(child)
  }

  #learnMember(key: string, value: string): void {
    if (LOCATION_KEY.test(key)) this.#learn(value.replace(/\/[^/]*\/?$/, ''), '/srv/data')
    else if (SECRET_KEY.test(key) && value.length >= LEAST_LENGTH) this.#learn(value, REDACTED)
  }

  /** A secret in the forms in which it may stand in a text. */
  #learn(secret: string, replacement: string): void {
    if (secret === '') return
    const forms = [secret, encodeURIComponent(secret), escapeXml(secret)]
    forms.push(JSON.stringify(secret).slice(1, -1), toJson(secret).slice(1, -1))
    forms.push(btoa(String.fromCharCode(...new TextEncoder().encode(secret))))
    for (const form of forms) {
      const escaped = form.includes('\\/') ? replacement.replaceAll('/', '\\/') : replacement
      if (!this.#literal.has(form)) this.#literal.set(form, escaped)
    }
  }

  /** The exchange as it may be kept. */
  redact({ asked, answer }: Exchange): Exchange {
    return {
      asked: { ...asked, path: this.text(asked.path), query: this.text(asked.query) },
      answer: {
        status: answer.status,
        headers: answer.headers
          .filter(([name]) => KEPT_HEADERS.has(name.toLowerCase()))
          .map(([name, value]) => [name.toLowerCase(), this.text(value)] as const),
        body: this.text(textOf(answer)),
      },
    }
  }

  /** Any text without what is secret. */
  text(text: string): string {
    let out = text
    const literals = [...this.#literal].sort((a, b) => b[0].length - a[0].length)
    for (const [secret, replacement] of literals) out = out.replaceAll(secret, replacement)
    return out
      .replace(SHORT_JSON_SECRET, (whole, start: string, key: string) =>
        SECRET_KEY.test(key) ? `${start}${REDACTED}"` : whole,
      )
      .replace(SHORT_XML_SECRET, (whole, name: string) =>
        SECRET_KEY.test(name) ? `<${name}>${REDACTED}</${name}>` : whole,
      )
      .replace(
        URL_HOST,
        (_, scheme: string, login: string, host: string, port = '') =>
          scheme +
          (login === '' ? '' : `${REDACTED}@`) +
          (PUBLIC_HOST.test(host) ? host + port : this.#alias(this.#hosts, host + port, 'host', '.example.org')),
      )
      .replace(EMAIL, (address) =>
        isOurs(address) ? address : this.#alias(this.#emails, address.toLowerCase(), 'someone', '@example.org'),
      )
  }

  /** The same name for the same thing, in all texts. */
  #alias(known: Map<string, string>, original: string, prefix: string, suffix: string): string {
    const alias = known.get(original) ?? `${prefix}${known.size + 1}${suffix}`
    known.set(original, alias)
    return alias
  }
}

const SHORT_JSON_SECRET = /("([\w-]+)"\s*:\s*")(?!redacted")([^"\\]+)"/g
/** `1` is how XML says true: an account that can set its password has no secret there. */
const SHORT_XML_SECRET = /<([\w-]+)>(?!1<)([^<]+)<\/\1>/g

/** Addresses that we put there, and federated ids of the instance itself. */
const isOurs = (address: string) => /(@|%40)(cloud\.example\.com|example\.org)$/i.test(address)

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
