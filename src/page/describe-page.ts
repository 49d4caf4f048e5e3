import type { PageContext } from '#app/initial-state.ts'
import { isKeyed, type PhpArray, type PhpValue } from '#lib/php.ts'
import { isIn } from '#lib/releases.ts'
import * as users from '#world/accounts/users.ts'
import { isEnabledFor } from '#world/settings/apps.ts'
import { languageOf, pageVariables } from './variables.ts'

/** What a page of the product tells scripts, for whoever opened it. */
export interface PageDescription {
  /** `null`: nobody is logged in. */
  readonly user: { readonly id: string; readonly displayName: string } | null
  readonly requestToken: string
  /** `en`, `de`, `pt-BR` */
  readonly language: string
  /** `en_US` */
  readonly locale: string
  /** The app whose page it is. */
  readonly app: string | null
  /** Themes that the account chose; `default` without a choice, none before the login. */
  readonly themes: readonly string[]
  readonly variables: PhpArray
  /** What `loadState(app, key)` finds, by `app-key`. */
  readonly initialStates: PhpArray
}

/** Gather what a page tells scripts. */
export async function describePage(context: PageContext, requestToken: string): Promise<PageDescription> {
  const { world, actor, app } = context
  const user = actor.userId === null ? undefined : users.find(world, actor.userId)
  const language = languageOf(context)
  const initialStates = await gatherStates(context)
  return {
    user: user ? { id: user.id, displayName: user.displayName } : null,
    requestToken,
    language: language.replaceAll('_', '-'),
    locale: user?.locale || language,
    app,
    themes: themesIn(initialStates['theming-data']),
    variables: pageVariables(context),
    initialStates,
  }
}

function themesIn(theming: PhpValue): string[] {
  const themes = isKeyed(theming) ? theming.enabledThemes : []
  return Array.isArray(themes) ? themes.map(String) : []
}

async function gatherStates(context: PageContext): Promise<PhpArray> {
  const { world, actor, catalogue } = context
  const states: Record<string, PhpValue> = {}
  for (const { app, contribution, profile } of await catalogue.gather('initialStates')) {
    const { of = app, pages, public: isPublic = false } = contribution
    if (!isIn(contribution, profile.release) || !isEnabledFor(world, app, actor.userId)) continue
    if (actor.userId === null && !isPublic) continue
    if (pages && (context.app === null || !pages.includes(context.app))) continue
    const provided = await contribution.provide({ ...context, profile })
    for (const [key, value] of Object.entries(provided)) states[`${of}-${key}`] = value
  }
  return states
}
