import type { World } from '../world.ts'
import { getApp } from './config.ts'

/** When the world was installed, in seconds since 1970; 0: nobody knows. */
export const installedAt = (world: World): number => Number.parseInt(getApp(world, 'core', 'installedat', '0'), 10) || 0
