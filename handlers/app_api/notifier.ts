import { defineNotifier } from '#app/notifier.ts'
import { memberOf, toPlainText } from '#app/rich-text.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import * as exApps from '#world/exapps/exapps.ts'

const LONGEST_LINK = 4000

/** What ExApps tell: their texts are the parameters. Those of a disabled ExApp do not show. */
export const exAppNotifier = defineNotifier(({ app, subjectParameters }, { world, baseUrl }) => {
  if (!exApps.find(world, app)?.enabled) return 'unknown'
  const link = memberOf(subjectParameters, 'link') ?? ''
  if (link !== '' && !isLink(link)) return 'unknown'
  const subject = textOf(subjectParameters, 'rich_subject')
  if (!subject) return 'unknown'
  const message = textOf(subjectParameters, 'rich_message')
  return {
    subject: subject.plain,
    subjectRich: subject.rich,
    subjectRichParameters: subject.parameters,
    ...(message
      ? { message: message.plain, messageRich: message.rich, messageRichParameters: message.parameters }
      : {}),
    ...(link === '' ? {} : { link: String(link) }),
    icon: `${baseUrl}/apps/app_api/img/app-dark.svg`,
  }
})

const isLink = (link: Json): boolean =>
  typeof link === 'string' && link.length <= LONGEST_LINK && /^https?:\/\/./.test(link)

interface Text {
  readonly plain: string
  readonly rich: string
  readonly parameters: JsonObject | readonly Json[]
}

/** A rich text with its parameters, where both are there and it says something. */
function textOf(parameters: Json, name: string): Text | null {
  const rich = memberOf(parameters, name)
  const own = memberOf(parameters, `${name}_params`)
  if (typeof rich !== 'string' || rich === '' || typeof own !== 'object' || own === null) return null
  const plain = toPlainText(rich, own)
  return plain === null ? null : { plain, rich, parameters: own }
}
