import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { phpJson } from '#console/php-json.ts'
import { writeTable } from '#console/write-in-format.ts'
import type { Json } from '#lib/json.ts'
import * as webhooks from './state.ts'

/** What is a container shows as JSON. */
const text = (value: Json) =>
  value === null ? null : typeof value === 'object' ? phpJson(value as Parameters<typeof phpJson>[0]) : String(value)

const list: CommandHandler = (context) => {
  const rows = webhooks.list(context.world).map((hook) => ({
    id: String(hook.id),
    userId: hook.userId,
    appId: hook.appId,
    httpMethod: hook.httpMethod,
    uri: hook.uri,
    event: hook.event,
    eventFilter: text(hook.eventFilter),
    userIdFilter: hook.userIdFilter,
    headers: text(hook.headers),
    authMethod: hook.authMethod,
    authData: hook.authData,
    tokenNeeded: text(hook.tokenNeeded),
  }))
  writeTable(context, rows)
  return 0
}

export const webhookCommands = defineReleaseCommands({ 'webhook_listeners:list': list })
