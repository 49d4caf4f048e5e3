import { defineScenarioAction } from '#app/scenario-action.ts'
import { account } from '#app/scenario-action-support.ts'
import { s } from '#lib/schema.ts'
import { exhaust } from '#world/files/quota.ts'

const bytes = s.form<number>('a whole number from 0', (v) => Number.isInteger(v) && (v as number) >= 0, {
  type: 'integer',
  minimum: 0,
})

export const exhaustQuota = defineScenarioAction({
  name: 'exhaustQuota',
  description: 'leave an account this many bytes of its quota; default: 0',
  schema: s.union(s.string(), s.object({ account: s.string(), free: s.optional(bytes) })),
  run: ({ world }, given) => {
    const { account: id, free } = typeof given === 'string' ? { account: given } : given
    exhaust(world, account(world, id), free)
  },
})
