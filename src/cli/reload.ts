import { UserError } from '#lib/errors.ts'
import type { OcsMockServer } from '#server.ts'
import type { AppModules } from './app-module.ts'
import { watchFolders } from './watch-folders.ts'

/** Who is told how reloads went. */
export interface ReloadTeller {
  /** @param lost what of the state could not be kept, in sentences */
  reloaded(apps: readonly string[], lost: readonly string[]): void
  failed(message: string): void
}

/**
 * Let a server go on with app modules whenever they change. A mistake in them is told, and the server goes on with
 * what it had.
 * @returns what ends it
 */
export function reloadOnChange(
  modules: AppModules,
  server: Pick<OcsMockServer, 'replaceApps'>,
  tell: ReloadTeller,
): Promise<() => void> {
  const reload = async () => {
    try {
      const apps = await modules.read()
      const lost = server.replaceApps(apps)
      tell.reloaded(
        apps.map(({ id }) => id),
        lost,
      )
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      tell.failed(error.message)
    }
  }
  // One after the other: the last change is what counts in the end.
  let turn = Promise.resolve()
  return watchFolders(modules.folders, () => {
    turn = turn.then(reload)
  })
}
