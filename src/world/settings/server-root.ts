import type { World } from '../world.ts'
import { getSystem } from './config.ts'

/** Where the server's files are: the folder that the data folder is in. */
export function serverRoot(world: World): string {
  return getSystem(world, 'datadirectory', '/var/www/html/data').replace(/\/[^/]*$/, '')
}
