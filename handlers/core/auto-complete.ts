import { defineEndpoint, p, s } from '#app/index.ts'
import { KIND_OF, searchAll } from '#handlers/files_sharing/sharees.ts'
import { statusSchema } from '#handlers/files_sharing/statuses.ts'
import { isEmailAddress } from '#lib/email-address.ts'
import { type PhpArray, toInt } from '#lib/php.ts'
import type { ExampleContact } from '#world/accounts/contacts.ts'
import { TYPE } from '#world/sharing/shares.ts'

/** Those whose names begin to be typed, exact matches first, by kinds in the order in which they were asked for. */
export const autoComplete = defineEndpoint({
  id: 'core-auto_complete-get',
  app: 'core',
  method: 'GET',
  path: '/core/autocomplete/get',
  access: 'user',
  summary: 'Suggest accounts, groups and others for a text',
  input: {
    search: p.string(),
    itemType: p.string().orNull().describe('What the suggestions are for'),
    itemId: p.string().orNull(),
    sorter: p.string().orNull().describe('How to sort, names separated by |'),
    shareTypes: p.array().default([TYPE.user]).describe('Kinds of recipients, as numbers'),
    limit: p.limit().default(10),
  },
  output: s.list(
    s.object({
      id: s.string(),
      label: s.string(),
      icon: s.string(),
      source: s.string(),
      status: s.union(statusSchema, s.literal('')),
      subline: s.string(),
      shareWithDisplayNameUnique: s.string(),
    }),
  ),
  probe: { search: 'a' },
  notImplemented: ['Sorters', 'Teams'],
  handle: ({ input, me, world, profile, request, ok }) => {
    const types = Object.values(input.shareTypes)
      .filter((type) => Object.hasOwn(KIND_OF, String(type)))
      .map(toInt)
    const question = {
      me,
      text: input.search.trim(),
      limit: input.limit,
      offset: 0,
      isAddress: isEmailAddress,
      example: profile.data.exampleContact as ExampleContact,
    }
    const found = searchAll(world, profile, question, types, request.baseUrl)
    const kinds = [...new Set(types.map((type) => KIND_OF[type]!))]
    const ordered = kinds.flatMap((kind) => {
      const exactFirst = [...found[kind].filter(({ exact }) => exact), ...found[kind].filter(({ exact }) => !exact)]
      return exactFirst.map(({ item }) => suggestion(kind, item))
    })
    return ok(ordered)
  },
})

function suggestion(
  source: string,
  { label, value, icon, subline, status, shareWithDisplayNameUnique }: PhpArray,
): PhpArray {
  return {
    id: (value as { shareWith: string }).shareWith,
    label,
    icon: icon ?? '',
    source,
    status: Array.isArray(status) || status === undefined ? '' : status,
    subline: subline ?? '',
    shareWithDisplayNameUnique: shareWithDisplayNameUnique ?? '',
  }
}
