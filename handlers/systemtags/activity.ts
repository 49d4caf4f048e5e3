import { type ActivityContext, type ActivityText, defineActivityProvider, userObject } from '#app/activity-provider.ts'
import type { RichObject } from '#app/rich-text.ts'
import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import * as files from '#world/files/files.ts'
import type { Activity } from '#world/notices/activities.ts'

const ICON = '/core/img/actions/tag.svg'

/** What becomes of tags, and of which files have them. Who looks at one file alone is told in fewer words. */
export const tagProvider = defineActivityProvider((activity, context) => {
  const { app, subject, parameters } = activity
  if (app !== 'systemtags' || !isJsonObject(parameters)) return null
  const verb = VERBS[subject]
  if (verb === undefined) return null
  const actor = userObject(String(parameters.actor), context)
  const who = actor.id === context.me ? 'You' : '{actor}'
  if (subject === 'update_tag') return updated(parameters, actor, who)
  const tag = parameters.tag as JsonObject
  if (subject === 'create_tag' || subject === 'delete_tag')
    return text(`${who} ${verb} system tag {systemtag}`, { actor, systemtag: tag })
  return taggedText(activity, context, { actor, who, verb, tag })
})

const VERBS: Readonly<Record<string, string>> = {
  create_tag: 'created',
  update_tag: 'updated',
  delete_tag: 'deleted',
  assign_tag: 'added',
  unassign_tag: 'removed',
}

const updated = ({ tag, before }: JsonObject, actor: RichObject, who: string) =>
  text(`${who} updated system tag {oldsystemtag} to {newsystemtag}`, {
    ...{ actor, newsystemtag: tag as JsonObject, oldsystemtag: before as JsonObject },
  })

interface Tagged {
  readonly actor: RichObject
  readonly who: string
  readonly verb: string
  readonly tag: JsonObject
}

function taggedText(
  { objectType, objectId, parameters }: Activity,
  { isAbout }: ActivityContext,
  { actor, who, verb, tag }: Tagged,
): ActivityText {
  const bySystem = actor.id === ''
  if (isAbout(objectType, objectId)) {
    if (!bySystem && who !== 'You') return text(`{actor} ${verb} system tag {systemtag}`, { actor, systemtag: tag })
    const short = text(`${verb === 'added' ? 'Added' : 'Removed'} system tag {systemtag}`, { systemtag: tag })
    return bySystem ? { ...short, plain: `System tag ${titleOf(tag)} ${verb} by the system` } : short
  }
  const path = String((parameters as JsonObject).path)
  const file = { type: 'file', id: String(objectId), name: files.baseName(path), path: path.replace(/^\/+|\/+$/g, '') }
  const preposition = verb === 'added' ? 'to' : 'from'
  if (bySystem)
    return text(`System tag {systemtag} was ${verb} ${preposition} {file} by the system`, { file, systemtag: tag })
  return text(`${who} ${verb} system tag {systemtag} ${preposition} {file}`, { actor, file, systemtag: tag })
}

/** A text, and how it reads: the names of accounts stand alone, those of tags say whom they are for. */
function text(words: string, objects: Readonly<Record<string, RichObject | JsonObject>>): ActivityText {
  const shown = Object.entries(objects)
  const plain = shown.reduce((all, [name, object]) => all.replaceAll(`{${name}}`, titleOf(object)), words)
  const parameters = Object.fromEntries(
    shown.map(([name, object]) => [name, isRich(object) ? object : tagObject(object)]),
  )
  return { text: words, parameters, plain, icon: ICON }
}

const isRich = (object: RichObject | JsonObject): object is RichObject => Object.hasOwn(object, 'type')

function titleOf(object: RichObject | JsonObject): string {
  if (isRich(object)) return object.path ?? object.name!
  const { name, assignable, visible } = object
  return `${name}${assignable ? '' : visible ? ' (restricted)' : ' (invisible)'}`
}

const flag = (value: Json | undefined) => (value ? '1' : '0')

const tagObject = ({ id, name, assignable, visible }: JsonObject): RichObject => ({
  ...{ type: 'systemtag', id: String(id), name: String(name) },
  ...{ assignable: flag(assignable), visibility: flag(visible) },
})
