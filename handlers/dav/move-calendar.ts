import type { CommandHandler } from '#console/command.ts'
import { writeBlock } from '#console/symfony-style.ts'
import * as calendars from '#world/groupware/calendars.ts'
import * as shares from '#world/groupware/shares.ts'
import type { World } from '#world/world.ts'
import { accountOf, thrown } from './command-arguments.ts'

/** What is said where an account has no calendar of that name. */
export const noCalendar = (file: string, line: number, userId: string, name: string) =>
  thrown(
    file,
    line,
    `User <${userId}> has no calendar named <${name}>. You can run occ dav:list-calendars to list calendars URIs for this user.`,
  )

const MOST_NAMES = 10

/** `work-1`, or the next of ten that nobody has yet. */
function freeName(world: World, userId: string, name: string): string {
  for (let i = 1; i <= MOST_NAMES; i++) {
    if (!calendars.findByUri(world, userId, `${name}-${i}`)) return `${name}-${i}`
  }
  throw thrown(
    'MoveCalendar',
    90,
    `Unable to find a suitable calendar name for <${userId}> with initial name <${name}>.`,
  )
}

/** `dav:move-calendar`: gives a calendar to another account, under another name where it has one of that name. */
export const moveCalendar: CommandHandler = (context) => {
  const { input, world } = context
  const [from, to] = [accountOf(context, 'sourceuid'), accountOf(context, 'destinationuid')]
  if (!from) throw thrown('MoveCalendar', 66, `User <${input.text('sourceuid')}> is unknown.`)
  if (!to) throw thrown('MoveCalendar', 70, `User <${input.text('destinationuid')}> is unknown.`)
  const name = input.text('name')
  const calendar = calendars.findByUri(world, from.id, name)
  if (!calendar) throw noCalendar('MoveCalendar', 79, from.id, name)
  const isTaken = calendars.findByUri(world, to.id, name) !== undefined
  if (isTaken && !input.flag('force'))
    throw thrown('MoveCalendar', 93, `User <${to.id}> already has a calendar named <${name}>.`)
  const newName = isTaken ? freeName(world, to.id, name) : null
  const principal = `principals/users/${to.id}`
  if (shares.sharesOf(world, 'calendar', calendar.id).some((one) => one.principal === principal)) {
    if (!input.flag('force')) {
      const advice = 'You may use -f to move the calendar while deleting this share.'
      throw thrown('MoveCalendar', 172, `The calendar <${name}> is already shared to user <${to.id}>.${advice}`)
    }
    shares.unshare(world, 'calendar', calendar.id, principal)
  }
  calendars.give(world, calendar, to.id, newName ?? name)
  const text = `Calendar <${name}> was moved from user <${from.id}> to <${to.id}>`
  writeBlock(context, 'OK', newName === null ? text : `${text} as <${newName}>`)
  return 0
}
