import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { writeBlock, writeSection, writeStyledTable, writeTitle } from '#console/symfony-style.ts'
import { writeArray } from '#console/write-in-format.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import * as groups from '#world/accounts/groups.ts'
import * as delegations from './delegation.ts'

/** A section of the administration with the pages that may be delegated. */
interface Section {
  readonly id: string
  readonly name: string
  readonly settings: readonly { readonly name: string; readonly className: string; readonly priority: number }[]
}

const sections = defineProfileData<readonly Section[]>('delegated-settings', [])

const show: CommandHandler = async (context) => {
  const { input, profile, world } = context
  const format = input.value('output') ?? ''
  if (!['plain', 'json', 'json_pretty'].includes(format)) {
    writeBlock(context, 'ERROR', `Invalid output format: ${format}. Valid formats are: plain, json, json_pretty`)
    return 1
  }
  const all = (await sections.load(profile)).map((section) => ({
    ...section,
    settings: section.settings.map((setting) => ({
      ...setting,
      delegatedGroups: delegations.groupsOf(world, setting.className),
    })),
  }))
  if (format !== 'plain') {
    writeArray(context, all)
    return 0
  }
  writeTitle(context, 'Current delegations')
  for (const { id, settings } of all) {
    writeSection(context, `Section: ${id}`)
    const rows = settings.map(({ name, className, delegatedGroups }) => [name, className, delegatedGroups.join(', ')])
    writeStyledTable(context, ['Name', 'SettingId', 'Delegated to groups'], rows)
  }
  return 0
}

const wanted = ({ input }: CommandContext): delegations.Delegation => ({
  groupId: input.text('groupId'),
  setting: input.text('settingClass'),
})

const add: CommandHandler = async (context) => {
  const { profile, world } = context
  const delegation = wanted(context)
  const { groupId, setting } = delegation
  const isKnown = (await sections.load(profile)).some(({ settings }) =>
    settings.some(({ className }) => className === setting),
  )
  if (!isKnown) {
    writeBlock(context, 'ERROR', 'The specified class isn’t a valid delegated setting.')
    return 2
  }
  if (!groups.find(world, groupId)) {
    writeBlock(context, 'ERROR', 'The specified group didn’t exist.')
    return 3
  }
  if (delegations.add(world, delegation) === 'exists') {
    writeBlock(context, 'WARNING', `Administration of ${setting} is already delegated to ${groupId}.`)
    return 4
  }
  writeBlock(context, 'OK', `Administration of ${setting} delegated to ${groupId}.`)
  return 0
}

const remove: CommandHandler = (context) => {
  const delegation = wanted(context)
  const { groupId, setting } = delegation
  const isDone = delegations.remove(context.world, delegation)
  writeBlock(
    context,
    'OK',
    isDone
      ? `Removed delegation of ${setting} to ${groupId}.`
      : `Group ${groupId} didn’t have delegation for ${setting}.`,
  )
  return 0
}

export const delegationCommands = defineReleaseCommands({
  'admin-delegation:show': show,
  'admin-delegation:add': add,
  'admin-delegation:remove': remove,
})
