import { DavError, errorAnswer, serviceUnavailable } from '#line/dav-exit.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { answerLegacy, type OcsExit } from './answer.ts'
import { type Answer, bare } from './call.ts'
import { scriptOf } from './scripts.ts'
import { because } from './why.ts'

/** Under maintenance, or newer than its database. */
export function isClosed(world: World): boolean {
  return isInMaintenance(world) || getSystem<boolean>(world, 'needsDbUpgrade', false)
}

const isInMaintenance = (world: World) => getSystem<boolean>(world, 'maintenance', false)

const MARK = ['X-Nextcloud-Maintenance-Mode', '1'] as const

/** 503 in v1 too, the only case in which v1 says anything but 200 and 401. */
export function maintenanceAnswer(exit: OcsExit, world: World): Answer {
  const answer = answerLegacy(exit, 503, 'Service unavailable', Object.fromEntries([MARK]))
  return whyClosed({ ...answer, status: 503 }, world)
}

const whyClosed = (answer: Answer, world: World): Answer =>
  because(
    answer,
    'maintenance',
    isInMaintenance(world) ? 'maintenance mode is on' : 'the database waits for its upgrade',
  )

/** Seconds after which browsers shall ask again. */
const RETRY_AFTER = '120'

/**
 * What is answered outside of OCS: by WebDAV as an exception without the marking header, by pages with it;
 * `null`: as ever, such as `status.php` (Nextcloud 34.0.1, asked).
 */
export function closedRoute(world: World, path: string, contentType: string): Answer | null {
  const answer = closedAnswer(world, path, contentType)
  return answer && whyClosed(answer, world)
}

function closedAnswer(world: World, path: string, contentType: string): Answer | null {
  switch (scriptOf(path).speaks) {
    case 'dav':
      return isInMaintenance(world) ? errorAnswer(IN_MAINTENANCE) : beforeUpgrade(contentType)
    case 'page':
      return { ...bare(503, [MARK, ['Retry-After', RETRY_AFTER]]), body: PAGE }
    case null:
      return null
  }
}

const IN_MAINTENANCE = new DavError(503, 'OCA\\DAV\\Exception\\ServerMaintenanceMode', 'System is in maintenance mode.')

/** WebDAV is not even loaded; only whoever sends XML gets XML (Nextcloud 34.0.1, read). */
function beforeUpgrade(contentType: string): Answer {
  return contentType.startsWith('text/xml')
    ? errorAnswer(serviceUnavailable('Service unavailable'))
    : { ...bare(503), body: PAGE }
}

const PAGE =
  '<!DOCTYPE html>\n<html><head><title>Nextcloud</title></head><body><h2>Maintenance mode</h2></body></html>\n'
