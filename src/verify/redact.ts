import { REDACTED, redactMembers, type SecretNames } from '#lib/secrets.ts'
import { parseJson, parseXml, plain, textOf, type XmlElement } from './decode-answer.ts'
import type { Exchange } from './exchange.ts'
import { formsOf, LEAST_LENGTH } from './secret-forms.ts'
import { RECORDED_SECRETS } from './secret-names.ts'

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

/** Members that tell where on its disk a server keeps its data. */
const LOCATION_KEY = /^(storageLocation|datadirectory)$/i

/** What is even shorter is part of every text. */
const LEAST_PASSWORD = 4

/** Forename and surname; a single word may be the name of anything, an account's id first. */
const PERSON = /^\p{L}\S*(?: \S+)* \S*\p{L}\S*$/u

const HOST = 'cloud.example.com'
/**
 * Addresses as texts, JSON, forms and addresses of pages write them. They are looked for where a run of such characters
 * begins, not at each of them, so that a long run is read once.
 */
const EMAIL =
  /(?<![\p{L}\d._+~-])(?<!\\(?=u(?!0040)[\da-f]{4}))(?<!%(?=2[bde]|5f|[c-f][\da-f]%[89ab][\da-f]))(?<!%[89a-f][\da-f]%(?=[89ab][\da-f]))(?:[\p{L}\d._+~-]|\\u(?!0040)[\da-f]{4}|%2[bde]|%5f|%[c-f][\da-f](?:%[89ab][\da-f])+)+(?:@|%40|\\u0040|&#64;)(?:[\p{L}\d-]|\\u(?!0040)[\da-f]{4})+(?:\.[\p{L}\d-]+)+/giu
const URL_HOST =
  /(https?:(?:\\?\/){2})((?:[^\s"'<>\\/@:]+(?::[^\s"'<>\\/@]*)?@)?)([\w-]+(?:\.[\w-]+)*)(:\d+)?(?=[\\/"'<\s?#,)]|$)/gi
/** Addresses that every instance names: manuals, app store, namespaces. */
const PUBLIC_HOST =
  /(^|\.)(nextcloud\.(com|org)|owncloud\.(com|org)|github\.com|freedesktop\.org|w3\.org|sabre\.io|sabredav\.org|calendarserver\.org|example\.(com|org|net))$/i

export interface RedactorOptions {
  /** The address of the instance. */
  readonly base: string
  /** Passwords and everything else that the caller knows to be secret. */
  readonly secrets: readonly string[]
  /** Which members are secret. Default: {@link RECORDED_SECRETS}. */
  readonly names?: SecretNames
}

/**
 * Takes everything out of exchanges that should not reach a disk: passwords, tokens, cookies, e-mail
 * addresses, hosts. It must see all exchanges before it redacts the first, because a token that one answer
 * names may stand inside a link of another.
 */
export class Redactor {
  readonly #names: SecretNames
  readonly #literal = new Map<string, string>()
  /** Names of the instance in lower case: hosts are the same in any case. */
  readonly #known = new Set<string>()
  #pattern: { readonly secrets: RegExp | null; readonly hosts: RegExp | null } | null = null
  readonly #emails = new Map<string, string>()
  readonly #hosts = new Map<string, string>()
  readonly #people = new Map<string, string>()

  constructor({ base, secrets, names = RECORDED_SECRETS }: RedactorOptions) {
    this.#names = names
    const { host, hostname } = new URL(base)
    for (const secret of secrets) this.#learn(secret, REDACTED)
    this.learnHost(host)
    this.learnHost(hostname)
  }

  /** Another name of the instance. */
  learnHost(host: string): void {
    if (host.length < LEAST_PASSWORD) return
    this.#known.add(host.toLowerCase())
    this.#known.add(encodeURIComponent(host).toLowerCase())
    this.#pattern = null
  }

  /** A secret that the caller found: it is taken out of everything, unless it is too short to be told from other words. */
  learnSecret(secret: string): void {
    if (secret.length >= LEAST_LENGTH) this.#learn(secret, REDACTED)
  }

  /** A password: hidden even where it is a short one, because people use the shortest everywhere. */
  learnPassword(password: string): void {
    if (password.length >= LEAST_PASSWORD) this.#learn(password, REDACTED)
  }

  /** Login name and password as `Basic` joins them. */
  learnPair(credentials: string): void {
    this.#literal.set(credentials, REDACTED)
    this.#pattern = null
  }

  /** Find the secrets that an answer names itself. */
  learn({ answer }: Pick<Exchange, 'answer'>, names = this.#names): void {
    for (const [name, value] of answer.headers) {
      if (/^set-cookie$/i.test(name)) this.learnSecret(/^[^=]*=([^;]*)/.exec(value)?.[1] ?? '')
    }
    this.learnText(textOf(answer), names)
  }

  /** Find the secrets that JSON or XML names. */
  learnText(text: string, names = this.#names): void {
    if (text.startsWith('<?xml')) {
      const root = parseXml(text)
      if (typeof root !== 'string') this.#learnXml(root, names)
      return
    }
    const json = parseJson(text)
    if (typeof json !== 'string') this.#learnJson(plain(json.value), names)
  }

  #learnJson(value: unknown, names: SecretNames, isSecret = false): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) {
      const inside = isSecret || names.holdsSecrets(key)
      for (const item of Array.isArray(member) ? member : [member]) {
        if (typeof item !== 'string') this.#learnJson(item, names, inside)
        else if (inside) this.learnSecret(item)
        else this.#learnMember(key, item, names)
      }
    }
  }

  #learnXml({ name, text, children }: XmlElement, names: SecretNames, isSecret = false): void {
    if (isSecret && children.length === 0) this.learnSecret(text)
    else this.#learnMember(name, text, names)
    const inside = isSecret || names.holdsSecrets(name)
    for (const child of children) this.#learnXml(child, names, inside)
  }

  #learnMember(key: string, value: string, names: SecretNames): void {
    if (LOCATION_KEY.test(key)) this.#learn(value.replace(/\/[^/]*\/?$/, ''), '/srv/data')
    else if (names.isSecret(key, value) && value.length >= LEAST_LENGTH) this.#learn(value, REDACTED)
    else if (names.namesPeople?.(key) && PERSON.test(value))
      this.#learn(value, this.#alias(this.#people, value, 'Somebody ', ''))
  }

  /** A secret in the forms in which it may stand in a text. */
  #learn(secret: string, replacement: string): void {
    if (secret === '') return
    for (const form of formsOf(secret)) {
      const escaped = form.includes('\\/') ? replacement.replaceAll('/', '\\/') : replacement
      if (!this.#literal.has(form)) this.#literal.set(form, escaped)
    }
    this.#pattern = null
  }

  /** The exchange as it may be kept. */
  redact({ request, answer }: Exchange, names = this.#names): Exchange {
    const text = (value: string) => this.text(value, names)
    return {
      request: { ...request, path: text(request.path), query: text(request.query) },
      answer: {
        status: answer.status,
        headers: answer.headers
          .filter(([name]) => KEPT_HEADERS.has(name.toLowerCase()))
          .map(([name, value]) => [name.toLowerCase(), text(value)] as const),
        body: text(textOf(answer)),
      },
    }
  }

  /** Any text without what is secret. @param names which members are secret in it */
  text(text: string, names = this.#names): string {
    const { secrets, hosts } = this.#patterns()
    const open = secrets === null ? text : text.replace(secrets, (secret) => this.#literal.get(secret) ?? REDACTED)
    return redactMembers(hosts === null ? open : open.replace(hosts, HOST), names)
      .replace(
        URL_HOST,
        (_, scheme: string, login: string, host: string, port = '') =>
          scheme +
          (login === '' ? '' : `${REDACTED}@`) +
          (PUBLIC_HOST.test(host) ? host + port : this.#alias(this.#hosts, host + port, 'host', '.example.org')),
      )
      .replace(EMAIL, (address) =>
        isOurs(address) ? address : this.#alias(this.#emails, plainAddress(address), 'someone', '@example.org'),
      )
  }

  /** One pattern for all that is known, the longest first. Made again when something was learned. */
  #patterns() {
    if (this.#pattern) return this.#pattern
    const anyOf = (texts: Iterable<string>) =>
      [...texts]
        .sort((a, b) => b.length - a.length)
        .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('|')
    const secrets = this.#literal.size === 0 ? null : new RegExp(anyOf(this.#literal.keys()), 'g')
    this.#pattern = { secrets, hosts: this.#known.size === 0 ? null : new RegExp(anyOf(this.#known), 'gi') }
    return this.#pattern
  }

  /** The same name for the same thing, in all texts. */
  #alias(known: Map<string, string>, original: string, prefix: string, suffix: string): string {
    const alias = known.get(original) ?? `${prefix}${known.size + 1}${suffix}`
    known.set(original, alias)
    return alias
  }
}

/** An e-mail address without the escapes of where it stood. */
function plainAddress(address: string): string {
  const open = address
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace('&#64;', '@')
  try {
    return decodeURIComponent(open).toLowerCase()
  } catch {
    return open.toLowerCase()
  }
}

/** Addresses that we put there, that nobody can have, and federated ids of the instance itself. */
const isOurs = (address: string) => /(@|%40)(cloud\.example\.com|example\.org|[\w-]+\.invalid)$/i.test(address)
