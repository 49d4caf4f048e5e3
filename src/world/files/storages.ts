import { getSystemString } from '../settings/config.ts'
import { serverRoot } from '../settings/server-root.ts'
import type { World } from '../world.ts'
import { drawnPictures, STORAGE as SERVER } from './appdata.ts'
import { mountsTable } from './mounts.ts'
import * as tree from './tree.ts'

/** Where files lie: the home of an account, or the server's own folder. */
export interface NumberedStorage {
  /** Counted from 1, in the order in which they were made. */
  readonly number: number
  readonly name: string
  /** How many files and folders lie in it, its top included, once for each place where it hangs. */
  readonly files: number
}

/** The folder that all files of a server lie in. */
export const dataFolder = (world: World): string =>
  getSystemString(world, 'datadirectory', `${serverRoot(world)}/data`).replace(/\/+$/, '')

/** All storages, the server's own first. */
export function list(world: World): NumberedStorage[] {
  const mounted = [...world.table(mountsTable).values()].map(({ rootId }) => tree.find(world, rootId)?.storage)
  const { folders, files } = drawnPictures(world)
  const drawn = folders + files
  return [...world.table(tree.storagesTable).entries()]
    .sort(([a, { rootId: first }], [b, { rootId: second }]) => (a === SERVER ? -1 : b === SERVER ? 1 : first - second))
    .map(([name, { rootId }], i) => ({
      number: i + 1,
      name: name === SERVER ? `local::${dataFolder(world)}/` : name,
      files:
        (tree.subtree(world, rootId).length + (name === SERVER ? drawn : 0)) *
        (1 + mounted.filter((storage) => storage === name).length),
    }))
}

/** The number of a storage by its name; 0: there is none. */
export const numberOf = (world: World, name: string): number =>
  list(world).find((storage) => storage.name === name)?.number ?? 0
