import { defineWidget, fileIcon, type WidgetContext, type WidgetItem } from '#app/index.ts'
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
    list: (context, { limit }) =>
      Promise.all(recommendations.list(context.world, context.me, limit).map((one) => show(one, context))),
  },
})

async function show({ node, name, at }: recommendations.Recommendation, context: WidgetContext): Promise<WidgetItem> {
  const { world, baseUrl } = context
  const icon = canPreview(world, node)
    ? `/index.php/core/preview?x=256&y=256&fileId=${node.id}&c=${node.etag}`
    : await fileIcon(node.mime, context)
  return { title: name, link: `${baseUrl}/index.php/f/${node.id}`, iconUrl: baseUrl + icon, sinceId: String(at) }
}
