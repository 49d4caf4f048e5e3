import { defineEndpoint, p } from '#app/index.ts'
import type { Endpoint } from '#line/endpoint.ts'
import * as users from '#world/accounts/users.ts'
import * as circles from './circles.ts'
import { editConfig, editDescription, editName, editSetting } from './edit-circle.ts'
import { getLink } from './link.ts'
import * as members from './members.ts'
import { BY_SERVICE } from './refusals.ts'

const OWN = '/apps/circles/'
const EMULATED = '/apps/circles/admin/{emulated}/'

/**
 * An operation for administrators who speak for another account: it is refused in the words of the app's service, and
 * whoever is added is added by the administrator (Nextcloud 34.0.1, asked: each operation beside its own).
 */
function emulated({ changes: _, ...own }: Endpoint): Endpoint {
  return defineEndpoint({
    ...own,
    id: own.id.replace(OWN, EMULATED),
    path: own.path.replace(OWN, EMULATED),
    access: 'admin',
    summary: `For an administrator who speaks for another account: ${own.summary}`,
    input: { emulated: p.string(), ...own.input },
    responses: BY_SERVICE.responses,
    failures: { ...own.failures, 404: [...wordsOf(own), 'user … not found'] },
    probe: { ...own.probe, emulated: 'admin' },
    handle: (args) => {
      // Named, as a spread leaves out what is computed when it is asked for.
      const { input, world, fail, request, profile, catalogue, outgoing } = args
      const account = users.find(world, String(input.emulated)) ?? fail(404, `user ${input.emulated} not found`)
      return own.handle({ ...args, request, profile, catalogue, outgoing, me: account.id })
    },
  })
}

/** What an operation says of what is not there, first as what it says by itself. */
const wordsOf = ({ failures }: Endpoint): string[] => [failures?.[404] ?? []].flat().map(String)

export const emulatedList = emulated(circles.list)
export const emulatedCreate = emulated(circles.create)
export const emulatedDetails = emulated(circles.details)
export const emulatedDestroy = emulated(circles.destroy)
export const emulatedJoin = emulated(circles.join)
export const emulatedLeave = emulated(circles.leave)
export const emulatedEditName = emulated(editName)
export const emulatedEditDescription = emulated(editDescription)
export const emulatedEditSetting = emulated(editSetting)
export const emulatedEditConfig = emulated(editConfig)
/** Who is in a team cannot be searched here. */
const ALL = { fullDetails: false, limit: 0, search: '', role: null }
export const emulatedMembers = emulated({
  ...members.list,
  input: { circleId: p.string() },
  handle: (args) => members.list.handle({ ...args, input: { ...args.input, ...ALL } }),
})
export const emulatedAdd = emulated(members.add)
export const emulatedConfirm = emulated(members.confirm)
export const emulatedRemove = emulated(members.remove)
export const emulatedSetLevel = emulated(members.setLevel)
export const emulatedLink = emulated(getLink)
