import type { Answer } from '../call.ts'
import { getSystem } from '../world/config.ts'
import type { World } from '../world/world.ts'
import { answerLegacy, type OcsExit } from './answer.ts'

export function isInMaintenance(world: World): boolean {
  return getSystem<boolean>(world, 'maintenance', false)
}

/** 503 in v1 too, the only case in which v1 says anything but 200 and 401. */
export function maintenanceAnswer(exit: OcsExit): Answer {
  const answer = answerLegacy(exit, 503, 'Service unavailable', { 'X-Nextcloud-Maintenance-Mode': '1' })
  return { ...answer, status: 503 }
}
