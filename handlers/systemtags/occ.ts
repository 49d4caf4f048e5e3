import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { writeArray } from '#console/write-in-format.ts'
import { systemTags } from '#handlers/dav/api.ts'
import { toInt } from '#lib/php.ts'
import * as paths from '#world/files/server-paths.ts'
import type { World } from '#world/world.ts'

type SystemTag = systemTags.SystemTag
type Access = Pick<SystemTag, 'userVisible' | 'userAssignable'>

/** Who may see and assign a tag, by the words of the command line. */
const ACCESS: Readonly<Record<string, Access>> = {
  public: { userVisible: true, userAssignable: true },
  restricted: { userVisible: true, userAssignable: false },
  invisible: { userVisible: false, userAssignable: false },
}
const INVALID_ACCESS = '`access` property is invalid'

const accessOf = ({ userVisible, userAssignable }: Access) =>
  userVisible ? (userAssignable ? 'public' : 'restricted') : 'invisible'

const exists = (name: string) => `Tag ${name} already exists`

const add: CommandHandler = (context) => {
  const { input, world } = context
  const [name, access] = [input.text('name'), ACCESS[input.text('access')]]
  if (name === '') return fail(context, "`name` can't be empty", 3)
  if (!access) return fail(context, INVALID_ACCESS)
  const tag = systemTags.create(world, { name, ...access })
  if (tag === 'exists') return fail(context, exists(name), 2)
  writeArray(context, { id: String(tag.id), name: tag.name, access: accessOf(tag) })
  return 0
}

const list: CommandHandler = (context) => {
  const { input, world } = context
  const [visibility, pattern] = [
    input.value('visibilityFilter'),
    (input.value('nameSearchPattern') ?? '').toLowerCase(),
  ]
  const found = [...world.table(systemTags.systemTagsTable).values()]
    .filter(({ userVisible }) => visibility === null || Number(userVisible) === toInt(visibility))
    .filter(({ name }) => name.toLowerCase().includes(pattern))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  writeArray(context, new Map(found.map((tag) => [tag.id, { name: tag.name, access: accessOf(tag) }])))
  return 0
}

/** The tag of a number; `null`: there is none. */
function tagOf({ input, world }: CommandContext): SystemTag | null {
  const id = input.text('id')
  if (!Number.isFinite(Number(id)) || id.trim() === '')
    throw thrownAt('SystemTagManager', 65, 'Tag id must be integer', 'InvalidArgumentException')
  return systemTags.find(world, toInt(id)) ?? null
}

const remove: CommandHandler = (context) => {
  const tag = tagOf(context)
  if (!tag) return fail(context, 'Tag not found')
  systemTags.remove(context.world, tag)
  context.output.writeln('<info>The specified tag was deleted</info>')
  return 0
}

/** A colour has to be given whatever is changed (Nextcloud 34.0.1, asked). */
const edit: CommandHandler = (context) => {
  const { input, output, world } = context
  const tag = tagOf(context)
  if (!tag) throw thrownAt('SystemTagManager', 91, 'Tag id(s) not found', 'OCP\\SystemTag\\TagNotFoundException')
  const wanted = input.value('access')
  const access = wanted ? ACCESS[wanted] : tag
  if (!access) return fail(context, INVALID_ACCESS)
  const given = input.value('color')
  const color = (given ?? '').replace(/^#/, '')
  if (given !== '' && !/^[0-9a-f]{6}$/i.test(color))
    return fail(context, 'Color must be a 6-digit hexadecimal value', 2)
  const name = input.value('name') || tag.name
  const { userVisible, userAssignable } = access
  if (systemTags.update(world, tag, { name, userVisible, userAssignable, color }) === 'exists')
    return fail(context, exists(name.trim()), 2)
  const shown = color === '' ? '' : `#${color}`
  output.writeln(`<info>Tag updated ("${name}", ${userVisible}, ${userAssignable}, "${shown}")</info>`)
  return 0
}

interface Tagging {
  readonly fileId: string
  readonly names: readonly string[]
  readonly word: string
  readonly access: Access
}

/** Which tags a file is to get or lose; the exit code where that is not said well. */
function taggingOf(context: CommandContext): Tagging | number {
  const { input, world } = context
  const [target, tags, word] = [input.text('target'), input.text('tags'), input.text('access')]
  if (tags === '') return fail(context, "`tags` can't be empty", 3)
  const access = ACCESS[word]
  if (!access) return fail(context, INVALID_ACCESS)
  const found = paths.find(world, target)
  if (!found) return fail(context, `file ${target} not found`)
  return { fileId: String(found.node.id), names: tags.split(','), word, access }
}

/** The tag of a name that is seen and assigned just so. */
const exactly = (world: World, name: string, access: Access) =>
  [...world.table(systemTags.systemTagsTable).values()].find(
    (tag) =>
      tag.name === name && tag.userVisible === access.userVisible && tag.userAssignable === access.userAssignable,
  )

const addToFile: CommandHandler = (context) => {
  const { output, world } = context
  const tagging = taggingOf(context)
  if (typeof tagging === 'number') return tagging
  const { fileId, names, word, access } = tagging
  for (const name of names) {
    const made = systemTags.create(world, { name, ...access })
    const named = `<info>${word}</info> tag named <info>${name}</info>`
    if (made !== 'exists') output.writeln(`${named} created.`)
    const tag = made === 'exists' ? exactly(world, name, access) : made
    if (!tag) throw noSuchTag(name, access)
    systemTags.assign(world, 'files', fileId, tag)
    output.writeln(`${named} added.`)
  }
  return 0
}

function noSuchTag(name: string, { userVisible, userAssignable }: Access) {
  const [visible, assignable] = [userVisible, userAssignable].map((isOn) => (isOn ? '1' : ''))
  const message = `Tag ("${name}", ${visible}, ${assignable}) does not exist`
  return thrownAt('SystemTagManager', 136, message, 'OCP\\SystemTag\\TagNotFoundException')
}

const removeFromFile: CommandHandler = (context) => {
  const { output, world } = context
  const tagging = taggingOf(context)
  if (typeof tagging === 'number') return tagging
  const { fileId, names, word, access } = tagging
  for (const name of names) {
    const tag = exactly(world, name, access)
    if (tag) systemTags.unassign(world, 'files', fileId, tag)
    const named = `<info>${word}</info> tag named <info>${name}</info>`
    output.writeln(`${named} ${tag ? 'removed.' : 'does not exist!'}`)
  }
  return 0
}

const removeAllFromFile: CommandHandler = (context) => {
  const { input, output, world } = context
  const target = input.text('target')
  const found = paths.find(world, target)
  if (!found) return fail(context, `file ${target} not found`)
  const fileId = String(found.node.id)
  for (const tag of [...world.table(systemTags.systemTagsTable).values()])
    if (systemTags.isAssigned(world, 'files', fileId, tag.id)) systemTags.unassign(world, 'files', fileId, tag)
  output.writeln('<info>all tags removed.</info>')
  return 0
}

export const tagCommands = defineReleaseCommands({
  'tag:add': add,
  'tag:list': list,
  'tag:edit': edit,
  'tag:delete': remove,
  'tag:files:add': addToFile,
  'tag:files:delete': removeFromFile,
  'tag:files:delete-all': removeAllFromFile,
})
