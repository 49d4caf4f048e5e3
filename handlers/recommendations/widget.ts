import { defineWidget } from '#app/widget.ts'
import { fileIcon } from '#handlers/theming/file-icons.ts'
import type { FileNode } from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import { getSystemBool } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import * as recommendations from './state.ts'

/** Whether a small picture of a file can be had. */
export const canPreview = (world: World, node: FileNode): boolean =>
  getSystemBool(world, 'enable_previews', true) && hasPreview(node)

export const recommendationWidget = defineWidget({
  id: 'recommendations',
  title: 'Recommended files',
  order: 0,
  iconClass: 'icon-files-dark',
  icon: '/apps/files/img/app-dark.svg',
  items: {
    versions: [1],
    list: ({ world, profile, baseUrl, me }, { limit }) =>
      recommendations.list(world, me, limit).map(({ node, name, at }) => ({
        title: name,
        link: `${baseUrl}/index.php/f/${node.id}`,
        iconUrl:
          baseUrl +
          (canPreview(world, node)
            ? `/index.php/core/preview?x=256&y=256&fileId=${node.id}&c=${node.etag}`
            : fileIcon(node.mime, me, { world, profile })),
        sinceId: String(at),
      })),
  },
})
