import type { RichObject } from '#app/rich-text.ts'

interface Named {
  readonly id: string
  readonly displayName: string
}

/** What somebody said with those whom it names in place of `{placeholders}`, which are numbered from 1. */
export function withMentions(message: string, mentioned: readonly Named[], placeholder: string) {
  const parameters: Record<string, RichObject> = {}
  let text = message
  mentioned.forEach(({ id, displayName }, i) => {
    const name = `${placeholder}${i + 1}`
    text = text.replaceAll(`@"${id}"`, `{${name}}`)
    if (!id.includes(' ')) text = text.replaceAll(`@${id}`, `{${name}}`)
    parameters[name] = { type: 'user', id, name: displayName }
  })
  return { text, parameters }
}
