import { defineInitialState } from '#app/index.ts'
import { getSystemBool, getSystemList } from '#world/settings/config.ts'

/** Which kinds of files a provider of previews takes, as regular expressions of PHP. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'OC\\Preview\\TXT': '/text\\/plain/',
  'OC\\Preview\\MarkDown': '/text\\/(x-)?markdown/',
  'OC\\Preview\\PNG': '/image\\/png/',
  'OC\\Preview\\JPEG': '/image\\/jpeg/',
  'OC\\Preview\\GIF': '/image\\/gif/',
  'OC\\Preview\\BMP': '/image\\/bmp/',
  'OC\\Preview\\XBitmap': '/image\\/x-xbitmap/',
  'OC\\Preview\\WebP': '/image\\/webp/',
  'OC\\Preview\\Krita': '/application\\/x-krita/',
  'OC\\Preview\\OpenDocument': '/application\\/vnd.oasis.opendocument.*/',
}

/**
 * What the list of files can be shown pictures of. The longest expression stands first, and of those that are
 * equally long the one that is registered last (Nextcloud 34.0.1, asked: the page of files; source: what
 * `enable_previews` and `enabledPreviewProviders` do).
 */
export const previewStates = defineInitialState({
  pages: ['files'],
  provide: ({ world }) => {
    const all = Object.keys(PROVIDERS)
    const chosen = getSystemList(world, 'enabledPreviewProviders', all).map((name) => name.replace(/^\\/, ''))
    const enabled = getSystemBool(world, 'enable_previews', true) ? all.filter((name) => chosen.includes(name)) : []
    const kinds = enabled.map((name) => PROVIDERS[name] ?? '')
    return { enabled_preview_providers: kinds.reverse().sort((one, other) => other.length - one.length) }
  },
})
