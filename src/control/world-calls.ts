import { s } from '#lib/schema.ts'
import { type ControlCall, NotFoundError } from './call.ts'

/** The worlds that parallel workers made. */
export const worldCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/worlds',
    summary: 'names of the worlds that were made',
    answers: s.object({ worlds: s.list(s.string()) }),
    run: ({ worlds }) => ({ worlds: worlds.names }),
  },
  {
    method: 'DELETE',
    path: '/worlds',
    summary: 'forget all worlds but the default one',
    answers: s.object({ forgotten: s.literal(true) }),
    run: ({ worlds }) => {
      worlds.forgetAll()
      return { forgotten: true }
    },
  },
  {
    method: 'DELETE',
    path: '/worlds/{name}',
    summary: 'forget a world; named again, it starts anew',
    answers: s.object({ forgotten: s.literal(true) }),
    run: ({ worlds, params }) => {
      if (!worlds.forget(params.name!)) throw new NotFoundError(`There is no world "${params.name}".`)
      return { forgotten: true }
    },
  },
]
