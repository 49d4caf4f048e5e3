/** What users add to the types of the package: events, members of seeds, actions of scenarios. Checked by tsc alone. */
import {
  createOcsMock,
  defineReactions,
  defineScenario,
  defineScenarioAction,
  defineSeedMember,
  type Seed,
  s,
  type World,
} from 'ocs-mock'

declare module 'ocs-mock' {
  interface WorldEvents {
    'parcel.sent': { readonly userId: string; readonly weight: number }
  }
  interface OwnSeedMembers {
    parcels: readonly { readonly to: string }[]
  }
  interface OwnScenarioActions {
    sendParcel: { readonly to: string }
  }
}

/** An event of one's own is emitted and heard with its details. */
export function send(world: World): void {
  world.emit({ type: 'parcel.sent', userId: 'alice', weight: 3 })
  // @ts-expect-error its weight is missing
  world.emit({ type: 'parcel.sent', userId: 'alice' })
  // @ts-expect-error there is no such event
  world.emit({ type: 'parcel.lost', userId: 'alice' })
}

export const reactions = defineReactions({
  'parcel.sent': (_, { weight, by }) => {
    const heavy: boolean = weight > 10
    const sender: string | undefined = by
    return void [heavy, sender]
  },
  'user.deleted': (_, { userId }) => {
    const id: string = userId
    return void id
  },
})

// @ts-expect-error there is no such event
defineReactions({ 'user.delete': () => {} })

/** The value of a seed member follows from its schema. */
export const parcels = defineSeedMember({
  name: 'parcels',
  schema: s.list(s.object({ to: s.string(), note: s.optional(s.string()) })),
  read: (_, list) => {
    for (const { to, note } of list) {
      const texts: [string, string | undefined] = [to, note]
      void texts
    }
  },
})

export const seed: Seed = { parcels: [{ to: 'bob' }], users: [{ id: 'bob' }] }
// @ts-expect-error a parcel goes to somebody
export const nobody: Seed = { parcels: [{}] }
// @ts-expect-error there is no such member
export const misspelt: Seed = { parcel: [] }

export const sendParcel = defineScenarioAction({
  name: 'sendParcel',
  description: 'send a parcel',
  schema: s.object({ to: s.string() }),
  run: (_, { to }) => {
    const receiver: string = to
    void receiver
  },
})

defineScenario({ steps: [{ sendParcel: { to: 'bob' } }, { after: '1s', enableApp: 'weather_status' }] })
// @ts-expect-error a parcel goes to somebody
defineScenario({ steps: [{ sendParcel: {} }] })
// @ts-expect-error there is no such action
defineScenario({ steps: [{ sendParcels: { to: 'bob' } }] })

createOcsMock({ seed, scenario: { steps: [{ sendParcel: { to: 'bob' } }] } })
