import { defineEndpoint, type HandlerArguments, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { getUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import * as recommendations from './state.ts'
import { canPreview } from './widget.ts'

const recommendation = s.object({
  id: s.string(),
  timestamp: s.int(),
  name: s.string(),
  directory: s.string(),
  extension: s.string(),
  mimeType: s.string(),
  hasPreview: s.bool(),
  reason: s.literal('recently-commented', 'recently-edited', 'recently-shared'),
})

const isOn = (world: World, userId: string) => getUser(world, userId, 'recommendations', 'enabled', 'true') === 'true'

function show({ world, me }: Pick<HandlerArguments<'/', never, never>, 'world' | 'me'>): PhpArray[] {
  return recommendations.list(world, me).map(({ node, name, directory, at, reason }) => ({
    id: String(node.id),
    timestamp: at,
    name,
    directory,
    extension: name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '',
    mimeType: node.mime,
    hasPreview: canPreview(world, node),
    reason,
  }))
}

export const index = defineEndpoint({
  id: 'recommendations-recommendation-index',
  app: 'recommendations',
  method: 'GET',
  path: '/apps/recommendations/api/v1/recommendations',
  access: 'user',
  summary: 'Files that the caller may want to open, unless it wants no recommendations',
  output: s.object({ enabled: s.bool(), recommendations: s.optional(s.list(recommendation)) }),
  handle: (args) => {
    const enabled = isOn(args.world, args.me)
    return args.ok(enabled ? { enabled, recommendations: show(args) } : { enabled })
  },
})

export const always = defineEndpoint({
  id: 'recommendations-recommendation-always',
  app: 'recommendations',
  method: 'GET',
  path: '/apps/recommendations/api/v1/recommendations/always',
  access: 'user',
  summary: 'Files that the caller may want to open, even if it wants no recommendations',
  output: s.object({ enabled: s.bool(), recommendations: s.list(recommendation) }),
  handle: (args) => args.ok({ enabled: isOn(args.world, args.me), recommendations: show(args) }),
})
