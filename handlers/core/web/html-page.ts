import { escapeHtml } from '#lib/html.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Answer } from '#line/call.ts'
import { toBase64 } from '#world/accounts/identity-keys.ts'
import { nonceOf, pagePolicies } from './page-policies.ts'

export interface PageOptions {
  /** Shown to scripts as the real server shows it: an attribute of the head. */
  readonly requestToken?: string
  /** What scripts find out about the page, by `app-key`: `@nextcloud/initial-state` reads it. */
  readonly initialState?: JsonObject
  /** Whom browsers tell where a form comes from. Default: as the headers say, nobody. */
  readonly referrer?: 'same-origin'
  readonly headers?: Answer['headers']
}

/**
 * A page for people and for scripts that fill in its forms: as plain as can be, with the forms and the request
 * token where the real server's pages have them.
 */
export function page(
  status: number,
  title: string,
  body: string,
  { requestToken = '', initialState = {}, referrer, headers = [] }: PageOptions = {},
): Answer {
  const policies = pagePolicies(nonceOf(requestToken))
  const html = `<!DOCTYPE html>
<html lang="en">
\t<head data-requesttoken="${escapeHtml(requestToken)}">
\t\t<meta charset="utf-8">${referrer === undefined ? '' : `\n\t\t<meta name="referrer" content="${referrer}">`}
\t\t<title>${escapeHtml(title)}</title>
\t</head>
\t<body>
${body}${Object.entries(initialState).map(stateInput).join('')}
\t</body>
</html>
`
  return { status, headers: [['Content-Type', 'text/html; charset=UTF-8'], ...policies, ...headers], body: html }
}

const stateInput = ([name, value]: [string, unknown]): string => {
  const json = new TextEncoder().encode(JSON.stringify(value))
  return `\n<input type="hidden" id="initial-state-${name}" value="${toBase64(json)}">`
}

/** A form with hidden fields, fields to fill in (`name`: type), and a button. */
export function form(
  action: string,
  hidden: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, 'text' | 'password'>>,
  button: string,
): string {
  const inputs = [
    ...Object.entries(hidden).map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
    ),
    ...Object.entries(fields).map(([name, type]) => `<input type="${type}" name="${name}" aria-label="${name}">`),
  ]
  return `<form method="post" action="${escapeHtml(action)}">\n${inputs.join('\n')}\n<button type="submit">${escapeHtml(button)}</button>\n</form>`
}
