import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { renderTable } from '#console/table.ts'
import { writeMixed } from '#console/write-in-format.ts'
import { cast } from './cast-value.ts'

/** A fresh installation has no cache that processes share: what is set is forgotten at once. */
const get: CommandHandler = (context) => {
  writeMixed(context, null)
  return 0
}

const set: CommandHandler = ({ input, output }) => {
  const [key, type] = [input.text('key'), input.value('type') ?? 'string']
  const { shown } = cast(input.text('value'), type)
  output.writeln(`Distributed cache key <info>${key}</info> set to <info>${shown}</info>`)
  return 0
}

const remove: CommandHandler = ({ input, output }) => {
  output.writeln(`<info>Distributed cache key <info>${input.text('key')}</info> deleted</info>`)
  return 0
}

const clear: CommandHandler = ({ input, output }) => {
  const prefix = input.value('prefix')
  output.writeln(`<info>Distributed cache ${prefix ? `matching prefix ${prefix} ` : ''}cleared</info>`)
  return 0
}

const redis: CommandHandler = (context) => fail(context, 'No redis server configured')

/** Seconds since 1970 from which snowflake ids count. */
const SNOWFLAKES_SINCE = 1_759_276_800n

/** Of PHP's whole numbers. */
const LARGEST = 2n ** 63n - 1n

const decode: CommandHandler = ({ input, output }) => {
  const text = input.text('snowflake-id')
  if (!/^\d+$/.test(text)) throw thrownAt('SnowflakeDecoder', 28, `Invalid Snowflake ID: ${text}`)
  const given = BigInt(text)
  const id = given > LARGEST ? LARGEST : given
  const seconds = (id >> 32n) & 0x7f_ff_ff_ffn
  const milliseconds = (id & 0xff_ff_ff_ffn) >> 22n
  const createdAt = Number((seconds + SNOWFLAKES_SINCE) * 1000n + milliseconds)
  renderTable(
    output,
    [],
    [
      ['Snowflake ID', text],
      ['Seconds', String(seconds)],
      ['Milliseconds', String(milliseconds)],
      ['Created from CLI', (id >> 12n) & 1n ? 'yes' : 'no'],
      ['Server ID', String((id >> 13n) & 0x1ffn)],
      ['Sequence ID', String(id & 0xfffn)],
      ['Creation timestamp', (createdAt / 1000).toFixed(3)],
      ['Creation date', new Date(createdAt).toISOString().replace('T', ' ').replace('Z', '')],
    ],
  )
  return 0
}

export const cacheCommands = defineReleaseCommands({
  'memcache:distributed:get': get,
  'memcache:distributed:set': set,
  'memcache:distributed:delete': remove,
  'memcache:distributed:clear': clear,
  'memcache:redis:command': redis,
  'snowflake:decode': decode,
})
