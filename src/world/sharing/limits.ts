import * as files from '../files/files.ts'
import type { World } from '../world.ts'
import type { Draft } from './checks.ts'
import * as received from './received.ts'
import * as shares from './share.ts'

/** A share made from a received one hides and forbids downloads at least as much as that one does. */
export function inheritLimits<T extends Draft>(world: World, share: T): T {
  const entries = files.entriesOf(world, share.sharedBy, share.nodeId)
  if (entries.some((entry) => entry.owner === share.sharedBy)) return share
  let mayDownload = false
  let hides = true
  for (const { mount } of entries) {
    if (!mount) continue
    const from = received.ofNode(world, share.sharedBy, mount.rootId)
    hides = share.hideDownload
    if (from.length === 0 || allowsDownload(from)) mayDownload = true
  }
  if (mayDownload) return { ...share, hideDownload: hides }
  const forbidden = { scope: 'permissions', key: 'download', value: false }
  return { ...share, hideDownload: true, attributes: shares.withAttribute(share.attributes ?? [], forbidden) }
}

/** Of several shares of one node, one that allows downloads is enough. */
function allowsDownload(list: readonly Pick<shares.Share, 'attributes'>[]): boolean {
  const values = list.map((share) => shares.attribute(share, 'permissions', 'download')).filter((v) => v !== undefined)
  return values.length === 0 || values.includes(true) || values.at(-1) !== false
}
