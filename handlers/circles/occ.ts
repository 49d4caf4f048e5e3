import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { ConsoleError, thrownAt } from '#console/errors.ts'
import { notBuilt } from '#console/not-built.ts'
import * as groups from '#world/accounts/groups.ts'
import { check, test } from './occ-check.ts'
import { checkType, failure, noInitiator } from './occ-failures.ts'
import { listTeams } from './occ-list.ts'
import * as circles from './state.ts'

const noCircle = () => failure('CircleRequestBuilder', 93, 'Circle not found', 'CircleNotFoundException')
const noMember = () => failure('MemberRequestBuilder', 102, '', 'MemberNotFoundException')

const asInitiator: CommandHandler = () => {
  throw noInitiator()
}

const asInitiatorOfType: CommandHandler = (context) => {
  checkType(context)
  throw noInitiator()
}

/** What is done to a circle that is there is not built; that there is none is said as the real server does. */
const toCircle =
  (name: string): CommandHandler =>
  (context) => {
    if (context.input.isGiven('initiator')) throw noInitiator()
    if (!circles.find(context.world, context.input.text('circle_id'))) throw noCircle()
    return notBuilt(name)(context)
  }

const toMember =
  (name: string): CommandHandler =>
  (context) => {
    if (context.input.isGiven('initiator')) throw noInitiator()
    const id = context.input.text('member_id')
    const isThere = [...context.world.table(circles.circleMembersTable).values()].some((member) => member.id === id)
    if (!isThere) throw noMember()
    return notBuilt(name)(context)
  }

const details: CommandHandler = (context) => {
  if (context.input.isGiven('initiator')) throw noInitiator()
  if (circles.find(context.world, context.input.text('circle_id'))) return notBuilt('circles:manage:details')(context)
  const advice = 'unknown circle, use --instance to retrieve the data from a remote instance'
  throw failure('CirclesDetails', 153, advice, 'CircleNotFoundException')
}

const emptyTable = ({ output }: CommandContext, headers: readonly string[]) => {
  const border = `+${headers.map((text) => '-'.repeat(text.length + 2)).join('+')}+`
  output.writeln([border, `| ${headers.map((text) => `<info>${text}</info>`).join(' | ')} |`, border])
}

const memberships: CommandHandler = (context) => {
  if (context.input.flag('all')) return notBuilt('circles:memberships')(context)
  if (context.input.text('userId') !== '') throw noInitiator()
  throw thrownAt('CirclesMemberships', 183, 'Not enough arguments (missing: "userId").')
}

/** All that there is to be in step with are accounts and groups, and they are. */
const sync: CommandHandler = ({ output, world }) => {
  output.writeln([
    'This process requires a lot of memory.',
    'If it crash, please restart it and it will continue where it stopped.',
    '',
    '- Syncing Nextcloud Apps',
    '- Syncing Nextcloud Groups',
    ...groups.search(world).map(({ id }) => `+ Syncing Nextcloud Group '${id}'`),
    ...['- Syncing Contacts', '- Syncing GlobalScale', '- Syncing Remote Instance', '', 'Sync done'],
  ])
  return 0
}

/** At the level 0 there is nothing to do; what belongs to which other one was not asked. */
const maintainAt: CommandHandler = (context) => {
  if (context.input.value('level') !== '0') return notBuilt('circles:maintenance')(context)
  context.output.writeln(['', 'done'])
  return 0
}

const maintain: CommandHandler = (context) => {
  if (context.input.flag('uninstall') || context.input.flag('reset')) return notBuilt('circles:maintenance')(context)
  if (context.input.isGiven('level')) return maintainAt(context)
  context.output.writeln([
    '- Remove circles with no owner',
    '- Remove members with no circles',
    '- Retry failed FederatedEvents (asap)',
    '- Sync unknown trusted server',
    '- Retry failed FederatedEvents (hourly)',
    '',
    'done',
  ])
  return 0
}

const migrate: CommandHandler = ({ output }) => {
  output.writeln("migration already done or table 'custom_group' not found")
  return 0
}

/** No other server is known to a fake's circles. */
const remote: CommandHandler = (context) => {
  if (context.input.text('host') !== '')
    throw thrownAt('TNCRequest', 79, '', 'OCA\\Circles\\Tools\\Exceptions\\RequestNetworkException')
  emptyTable(context, ['Instance', 'Type', 'iface', 'UID', 'Authed', 'Aliases'])
  return 0
}

const SHARES = [
  ...['Share Id', 'File Id', 'File Owner', 'Original Filename'],
  ...['Shared By', 'Shared To', 'Recipient', 'Target Name'],
]

const fileShares: CommandHandler = (context) => {
  const { input } = context
  const asked = [input.text('file_id').replace(/^0$/, ''), input.value('with'), input.value('by'), input.value('to')]
  if (!asked.some((text) => text)) {
    const advice = 'Specify a FileId or an option: --with (USER), --by (USER), --to (CIRCLE)'
    throw thrownAt('SharesFiles', 304, advice)
  }
  if (context.world.table(circles.circlesTable).size > 0) return notBuilt('circles:shares:files')(context)
  emptyTable(context, SHARES)
  return 0
}

/** The command looks for an argument that it does not take (Nextcloud 34.0.1, asked). */
const search: CommandHandler = () => {
  throw new ConsoleError('The "needle" argument does not exist.', 'InvalidArgumentException')
}

export const circleCommands = defineReleaseCommands({
  'circles:check': check,
  'circles:test': test,
  'circles:manage:list': listTeams,
  'circles:manage:create': asInitiatorOfType,
  'circles:manage:join': asInitiatorOfType,
  'circles:manage:leave': asInitiator,
  'circles:manage:details': details,
  'circles:manage:destroy': toCircle('circles:manage:destroy'),
  'circles:manage:edit': toCircle('circles:manage:edit'),
  'circles:manage:config': toCircle('circles:manage:config'),
  'circles:manage:setting': toCircle('circles:manage:setting'),
  'circles:members:list': toCircle('circles:members:list'),
  'circles:members:add': toCircle('circles:members:add'),
  'circles:members:details': toMember('circles:members:details'),
  'circles:members:level': toMember('circles:members:level'),
  'circles:members:remove': toMember('circles:members:remove'),
  'circles:members:search': search,
  'circles:memberships': memberships,
  'circles:sync': sync,
  'circles:maintenance': maintain,
  'circles:migrate:customgroups': migrate,
  'circles:remote': remote,
  'circles:shares:files': fileShares,
})
