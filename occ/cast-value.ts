import { CommandException } from '#console/errors.ts'
import { phpJson } from '#console/php-json.ts'
import { type Json, parseJson } from '#lib/json.ts'
import { isNumeric, toFloat, toInt } from '#lib/php.ts'

/** A value of the command line with its type. */
export interface Cast {
  readonly value: Json
  /** How the command tells what it has set. */
  readonly shown: string
}

/** @throws CommandException where a text is none of its type */
export function cast(given: string | null, type: string): Cast {
  const text = given ?? ''
  switch (type) {
    case 'integer':
    case 'int':
      if (!isNumeric(given)) throw wrong('Non-numeric value specified', 20)
      return { value: toInt(text), shown: `integer ${toInt(text)}` }
    case 'double':
    case 'float':
      if (!isNumeric(given)) throw wrong('Non-numeric value specified', 30)
      return { value: toFloat(text), shown: `double ${toFloat(text)}` }
    case 'boolean':
    case 'bool': {
      const word = text.toLowerCase()
      if (word !== 'true' && word !== 'false') throw wrong('Unable to parse value as boolean', 49)
      return { value: word === 'true', shown: `boolean ${word}` }
    }
    case 'null':
      return { value: null, shown: 'null' }
    case 'string':
      return { value: text, shown: text === '' ? 'empty string' : `string ${text}` }
    case 'json': {
      const value = decode(text)
      return { value, shown: `json ${phpJson(value)}` }
    }
    default:
      throw wrong('Invalid type', 73)
  }
}

const decode = (text: string): Json => parseJson(text) ?? null

/** Where Nextcloud 34.0.1 refuses values of a wrong type. */
const wrong = (message: string, line: number) =>
  new CommandException(message, { phpClass: 'InvalidArgumentException', at: { file: 'CastHelper.php', line } })
