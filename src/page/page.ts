import { UserError } from '#lib/errors.ts'
import { escapeHtml } from '#lib/html.ts'
import { jsonEncode, type PhpValue } from '#lib/php.ts'
import { toBase64 } from '#world/accounts/identity-keys.ts'
import type { PageDescription } from './describe-page.ts'
import { installPage, type PageData } from './install-page.ts'

/** What of a page as HTML may be chosen. */
export interface HtmlOptions {
  /** In the title bar. Default: the app's id. */
  readonly title?: string
  /** A module that is the page's front end: `http://localhost:5173/src/main.js`. */
  readonly script?: string
  /** What is in the content. Default: an empty element with the id that front ends mount on, `content`. */
  readonly body?: string
  /** What the policy of the page asks of its scripts. Default: nothing. */
  readonly nonce?: string
}

/** A page of the product as scripts see it: who is logged in, the request token, initial states, `OC`. */
export class OcsPage {
  readonly description: PageDescription
  readonly #data: PageData

  constructor(description: PageDescription) {
    this.description = description
    this.#data = dataOf(description)
  }

  /**
   * Make the document of a window this page. Do it before the code under test is imported: libraries remember who is
   * logged in.
   *
   * @example
   * const unmount = page.mount()
   * @param window Default: the global one, as jsdom and happy-dom make it
   * @returns what takes all of it away again
   * @throws UserError where there is no document
   */
  mount(window: (Window & typeof globalThis) | undefined = globalThis.window): () => void {
    if (window?.document === undefined) {
      throw new UserError(
        'Failed to mount the page: there is no document. Run the test in jsdom or happy-dom ("environment" of Vitest, "testEnvironment" of Jest), or pass a window.',
      )
    }
    return installPage(window, this.#data)
  }

  /** A script that makes a document this page, whenever it runs: for `page.addInitScript` of Playwright, and for Storybook's head. */
  script(): string {
    // Tools that keep names of functions wrap them into a helper, which does not travel with the text.
    const json = JSON.stringify(this.#data).replaceAll('<', '\\u003c')
    return `(() => { const __name = (f) => f; (${installPage})(window, ${json}) })()`
  }

  /** The page as a server sends it, with a script of one's own as its front end. */
  html({ title = this.description.app ?? '', script, body = '', nonce }: HtmlOptions = {}): string {
    const { attributes } = this.#data
    const allowed = nonce === undefined ? '' : ` nonce="${nonce}"`
    const policy = nonce === undefined ? '' : `\n\t\t<meta name="csp-nonce"${allowed}>`
    const module = script === undefined ? '' : `\n\t\t<script type="module" src="${escapeHtml(script)}"></script>`
    return `<!DOCTYPE html>
<html${attributesIn(attributes.html)}>
\t<head${attributesIn(attributes.head)}>
\t\t<meta charset="utf-8">${policy}
\t\t<title>${escapeHtml(title)}</title>
\t\t<meta name="viewport" content="width=device-width, initial-scale=1.0">
\t\t<script${allowed}>${this.script()}</script>${module}
\t</head>
\t<body${attributesIn(attributes.body)}>
\t\t<div id="content" class="app-${escapeHtml(this.description.app ?? 'core')}">${body}</div>
\t</body>
</html>
`
  }
}

const attributesIn = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join('')

function dataOf(description: PageDescription): PageData {
  const { user, requestToken, language, locale, app, themes, variables, initialStates } = description
  const marks = Object.fromEntries(themes.map((theme) => [`data-theme-${theme}`, '']))
  const person = user ? { 'data-user': user.id, 'data-user-displayname': user.displayName } : {}
  return {
    attributes: {
      html: {
        class: 'ng-csp',
        'data-placeholder-focus': 'false',
        lang: language,
        'data-locale': locale,
        translate: 'no',
      },
      head: { ...person, 'data-requesttoken': requestToken },
      body: user
        ? {
            dir: 'ltr',
            id: app === 'settings' ? 'body-settings' : 'body-user',
            ...marks,
            'data-themes': themes.join(','),
          }
        : { id: 'body-login', 'data-themes': themes.join(',') },
    },
    variables: JSON.parse(jsonEncode(variables)) as Readonly<Record<string, unknown>>,
    inputs: Object.fromEntries(
      Object.entries(initialStates).map(([name, value]) => [`initial-state-${name}`, encoded(value)]),
    ),
    requestToken,
    user,
  }
}

/** A value as the product writes it into its page: JSON in base64. */
const encoded = (value: PhpValue): string => toBase64(new TextEncoder().encode(jsonEncode(value)))
