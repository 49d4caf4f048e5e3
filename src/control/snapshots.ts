import { UserError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import { type ControlCall, NotFoundError, readObject } from './call.ts'
import { DUMP } from './state.ts'
import { changesBetween } from './world-changes.ts'
import type { ControlledWorld, Snapshot } from './worlds.ts'

const MAX_SNAPSHOTS = 100

const SNAPSHOT = s.object({ name: s.string(), takenAt: s.string() })
const CHANGE = s.object({
  table: s.string(),
  key: s.string(),
  change: s.literal('added', 'removed', 'changed'),
  members: s.optional(s.record(s.list(s.any()))),
})

/** States of a world to come back to. */
export const snapshotCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/snapshots',
    summary: 'list the snapshots of the world',
    answers: s.object({ snapshots: s.list(SNAPSHOT) }),
    run: ({ selected: { snapshots } }) => ({ snapshots: [...snapshots.values()].map(shown) }),
  },
  {
    method: 'POST',
    path: '/snapshots',
    summary: 'take a snapshot, named by {"name"} or by the next number',
    sends: () => s.object({ name: s.optional(s.string()) }).toJsonSchema(),
    answers: SNAPSHOT,
    run: async ({ selected, body }) => {
      const { name = nextName(selected) } = await readObject(body, 'a snapshot', ['name'])
      if (typeof name !== 'string' || name === '') throw new UserError('Failed to take a snapshot: "name" is no text.')
      return take(selected, name)
    },
  },
  {
    method: 'DELETE',
    path: '/snapshots',
    summary: 'forget all snapshots of the world',
    answers: s.object({ forgotten: s.literal(true) }),
    run: ({ selected: { snapshots } }) => {
      snapshots.clear()
      return { forgotten: true }
    },
  },
  {
    method: 'POST',
    path: '/snapshots/{name}',
    summary: 'take a snapshot; one of the same name is replaced',
    answers: SNAPSHOT,
    run: ({ selected, params }) => take(selected, params.name!),
  },
  {
    method: 'GET',
    path: '/snapshots/{name}',
    summary: 'dump a snapshot',
    answers: DUMP,
    run: ({ selected, params }) => find(selected, params.name!).world.dump(),
  },
  {
    method: 'GET',
    path: '/snapshots/{name}/changes',
    summary: 'what is another in the world since the snapshot, or in another one: ?to=NAME; secrets redacted',
    query: { to: 'another snapshot; default: the world as it is' },
    answers: s.object({ changes: s.list(CHANGE), count: s.int() }),
    run: ({ selected, params, query }) => {
      const to = query.get('to')
      const after = to === null ? selected.mock.world : find(selected, to).world
      return changesBetween(selected.mock, find(selected, params.name!).world, after)
    },
  },
  {
    method: 'DELETE',
    path: '/snapshots/{name}',
    summary: 'forget a snapshot',
    answers: s.object({ forgotten: s.literal(true) }),
    run: ({ selected, params }) => {
      selected.snapshots.delete(find(selected, params.name!).name)
      return { forgotten: true }
    },
  },
  {
    method: 'POST',
    path: '/snapshots/{name}/restore',
    summary: 'the world as it was when the snapshot was taken',
    answers: s.object({ restored: s.string() }),
    run: ({ selected, params }) => {
      selected.mock.world.restore(find(selected, params.name!).world)
      return { restored: params.name }
    },
  },
]

function take({ mock, snapshots }: ControlledWorld, name: string) {
  if (!snapshots.has(name) && snapshots.size >= MAX_SNAPSHOTS) {
    throw new UserError(
      `Failed to take the snapshot "${name}": there are ${MAX_SNAPSHOTS} already. Forget one with DELETE /__admin/snapshots/{name}.`,
    )
  }
  const snapshot = { name, takenAt: Date.now(), world: mock.world.fork() }
  snapshots.set(name, snapshot)
  return shown(snapshot)
}

function find({ snapshots }: ControlledWorld, name: string): Snapshot {
  const found = snapshots.get(name)
  if (!found)
    throw new NotFoundError(`There is no snapshot "${name}". There are: ${[...snapshots.keys()].join(', ') || 'none'}.`)
  return found
}

function nextName({ snapshots }: ControlledWorld): string {
  let number = snapshots.size + 1
  while (snapshots.has(`snapshot-${number}`)) number++
  return `snapshot-${number}`
}

const shown = ({ name, takenAt }: Snapshot) => ({ name, takenAt: new Date(takenAt).toISOString() })
