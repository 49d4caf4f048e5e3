import type { CommandHandler } from '#console/command.ts'
import { notBuilt } from '#console/not-built.ts'
import { renderTable } from '#console/table.ts'
import { writeArray } from '#console/write-in-format.ts'
import { toInt } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import { noInitiator } from './occ-failures.ts'
import { partyOf } from './party.ts'
import * as circles from './state.ts'

const HEADERS = ['Single Id', 'Name', 'Config', 'Source', 'Owner', 'Instance', 'Population']

/** Bits of a configuration with their letters, and in words (Nextcloud 34.0.1, source). */
const FLAGS = [
  [circles.CONFIG.personal, 'P', 'Personal'],
  [circles.CONFIG.visible, 'V', 'Visible'],
  [circles.CONFIG.open, 'O', 'Open'],
  [circles.CONFIG.invite, 'I', 'Invite'],
  [circles.CONFIG.request, 'JR', 'Join Request'],
  [circles.CONFIG.friend, 'F', 'Friends'],
] as const

/** With them, circles are listed that are no teams: those of accounts, of groups and of the app itself. */
const OF_OTHERS = ['all', 'single', 'system', 'hidden', 'backend', 'member']

const WIDEST = 40
const cut = (text: string) => (text.length >= WIDEST ? `${text.slice(0, WIDEST - 5)} (..)` : text)

/** `circles:manage:list`: the teams, without personal ones unless these are asked for. */
export const listTeams: CommandHandler = (context) => {
  const { input, output, world } = context
  if (input.isGiven('initiator')) throw noInitiator()
  const teams = [...world.table(circles.circlesTable).values()].filter(
    ({ config }) => (config & circles.CONFIG.personal) === 0 || input.flag('personal'),
  )
  const isPlain = input.value('output')?.toLowerCase() !== 'json'
  if (OF_OTHERS.some((option) => input.isGiven(option)) || (!isPlain && teams.length > 0)) {
    return notBuilt('circles:manage:list')(context)
  }
  if (!isPlain) writeArray(context, [])
  else {
    const [asNames, inWords] = [input.flag('display-name'), input.flag('def')]
    const rows = teams.map((team) => row(world, team, asNames, inWords))
    renderTable(output, HEADERS, rows)
  }
  return 0
}

function row(world: World, team: circles.Circle, asNames: boolean, inWords: boolean): string[] {
  const { id, name, displayName, config, settings } = team
  const flags = FLAGS.filter(([bit]) => (config & bit) !== 0).map(([, letters, words]) => (inWords ? words : letters))
  const owner = circles.ownerOf(world, id)?.userId ?? ''
  const { direct, inherited } = circles.population(world, id)
  const limit = settings.members_limit === undefined ? -1 : toInt(settings.members_limit)
  return [
    id,
    cut(asNames ? displayName : name),
    JSON.stringify(flags),
    'Team',
    cut(asNames ? circles.nameOf(world, owner) : partyOf(owner).name),
    '',
    `${direct}/${limit} (${inherited})`,
  ]
}
