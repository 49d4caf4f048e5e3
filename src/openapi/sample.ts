import { Faker } from '@faker-js/faker'
// By its own address the locale stays out of what every start loads.
import { faker as english } from '@faker-js/faker/locale/en'
import { type Json, membersOf } from '#lib/json.ts'
import type { JsonSchema, OpenApiDocument } from './document.ts'
import { choicesOf, requiredOf, typesOf } from './json-schema.ts'

/** Deeper there is only what has to be there: schemas that hold themselves have no end. */
const MOST_LEVELS = 6
/** A moment that is the same every day, for members whose kind is a date. */
const MOMENT = Date.UTC(2026, 0, 1)
const DAYS = 300

/** Texts by what the names of their members say. */
const TEXTS: readonly (readonly [name: RegExp, make: (faker: Faker) => string])[] = [
  [/e_?mail/i, (faker) => faker.internet.email().toLowerCase()],
  [/display_?name|full_?name|author/i, (faker) => faker.person.fullName()],
  [/url|link|href|website/i, () => 'https://example.com/'],
  [/^(user(_?id)?|uid|owner(_?id)?|login)$/i, (faker) => faker.person.firstName().toLowerCase()],
  [/phone/i, (faker) => faker.phone.number({ style: 'international' })],
  [/colou?r/i, (faker) => faker.color.rgb()],
  [/hash|token|secret|key$/i, (faker) => faker.string.alphanumeric(16)],
  [/uuid|guid/i, (faker) => faker.string.uuid()],
  [/mime/i, () => 'text/plain'],
  [/file_?name|^name$/i, (faker) => faker.lorem.slug(2)],
  [/path/i, (faker) => `/${faker.lorem.slug(1)}.txt`],
  [/title|subject|label/i, (faker) => faker.lorem.sentence({ min: 2, max: 4 }).replace(/\.$/, '')],
  [/description|message|text|note|content|body/i, (faker) => faker.lorem.sentence()],
  [/language|locale/i, () => 'en'],
  [/version/i, () => '1.0.0'],
]
const FORMATS: Readonly<Record<string, (faker: Faker) => string>> = {
  'date-time': (faker) => new Date(momentOf(faker)).toISOString(),
  date: (faker) => new Date(momentOf(faker)).toISOString().slice(0, 10),
  email: (faker) => faker.internet.email().toLowerCase(),
  uuid: (faker) => faker.string.uuid(),
  uri: () => 'https://example.com/',
  url: () => 'https://example.com/',
  ipv4: () => '203.0.113.7',
}

/**
 * A value as a schema says it: an example where one is given, else one that looks like what its name says. The same
 * for the same seed.
 */
export class Sampler {
  readonly #document: OpenApiDocument
  readonly #faker: Faker

  constructor(document: OpenApiDocument, seed: readonly number[]) {
    this.#document = document
    this.#faker = new Faker({ locale: english.rawDefinitions })
    this.#faker.seed([...seed])
  }

  value(given: Json | undefined, name = '', level = 0): Json {
    const schema = this.#document.resolve(given)
    if (schema.example !== undefined) return schema.example
    if (schema.const !== undefined) return schema.const
    const [first] = Array.isArray(schema.examples) ? schema.examples : []
    if (first !== undefined) return first
    if (Array.isArray(schema.enum)) return this.#faker.helpers.arrayElement(schema.enum)
    const [choice] = choicesOf(schema) ?? []
    if (choice !== undefined) return this.value(choice, name, level + 1)
    switch (typesOf(schema).find((type) => type !== 'null')) {
      case 'object':
        return this.#object(schema, level)
      case 'array':
        return this.#list(schema, name, level)
      case 'string':
        return this.#text(schema, name)
      case 'integer':
        return this.#number(schema, name)
      case 'number':
        return this.#number(schema, name)
      case 'boolean':
        return this.#faker.datatype.boolean()
      default:
        return typeof schema.properties === 'object' ? this.#object(schema, level) : null
    }
  }

  #object(schema: JsonSchema, level: number): Json {
    const required = requiredOf(schema)
    const properties = Object.entries(membersOf(schema.properties)).filter(
      ([name]) => level < MOST_LEVELS || required.includes(name),
    )
    return Object.fromEntries(properties.map(([name, member]) => [name, this.value(member, name, level + 1)]))
  }

  #list(schema: JsonSchema, name: string, level: number): Json {
    const { minItems, maxItems } = schema
    const least = typeof minItems === 'number' ? minItems : 0
    const most = Math.min(typeof maxItems === 'number' ? maxItems : 3, Math.max(3, least))
    const length =
      level >= MOST_LEVELS ? least : this.#faker.number.int({ min: Math.max(least, Math.min(1, most)), max: most })
    return Array.from({ length }, () => this.value(schema.items, name, level + 1))
  }

  #text(schema: JsonSchema, name: string): string {
    const { format, minLength, maxLength } = schema
    const made =
      (typeof format === 'string' ? FORMATS[format]?.(this.#faker) : undefined) ??
      TEXTS.find(([pattern]) => pattern.test(name))?.[1](this.#faker) ??
      (/(at|date|time)$/i.test(name) ? new Date(momentOf(this.#faker)).toISOString() : this.#faker.lorem.word())
    const long = made.padEnd(typeof minLength === 'number' ? minLength : 0, 'x')
    return typeof maxLength === 'number' ? long.slice(0, maxLength) : long
  }

  #number(schema: JsonSchema, name: string): number {
    const { minimum, maximum } = schema
    if (/time|date|created|updated|modified|(At|_at)$/i.test(name) && maximum === undefined)
      return Math.trunc(momentOf(this.#faker) / 1000)
    const min = typeof minimum === 'number' ? minimum : /id$/i.test(name) ? 1 : 0
    return this.#faker.number.int({ min, max: typeof maximum === 'number' ? maximum : min + 100 })
  }
}

const momentOf = (faker: Faker) => MOMENT + faker.number.int({ min: 0, max: DAYS * 86_400 }) * 1000
