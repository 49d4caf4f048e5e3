import { element, writeXml } from '#lib/write-xml.ts'

/** What a Nextcloud server reads of an app before it installs it. */
export interface AppInfoFile {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly version: string
  /** The major version of Nextcloud that it is for. */
  readonly nextcloud: number
}

/**
 * `appinfo/info.xml` with what the app store's schema requires. Licence, author, category and the place for bugs are to
 * be changed by whoever publishes the app.
 */
export function infoXml({ id, name, summary, version, nextcloud }: AppInfoFile): Promise<string> {
  const text = (tag: string, value: string) => element(tag, {}, value)
  const only = String(nextcloud)
  return writeXml(
    element(
      'info',
      {
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:noNamespaceSchemaLocation': 'https://apps.nextcloud.com/schema/apps/info.xsd',
      },
      [
        text('id', id),
        text('name', name),
        text('summary', summary),
        text('description', summary),
        text('version', version),
        text('licence', 'agpl'),
        text('author', 'Your Name'),
        text('namespace', namespaceOf(id)),
        text('category', 'tools'),
        text('bugs', `https://example.com/${id}/issues`),
        element('dependencies', {}, [element('nextcloud', { 'min-version': only, 'max-version': only })]),
      ],
    ),
  )
}

/** `bookmarks_lite` is `BookmarksLite` in PHP. */
const namespaceOf = (id: string) =>
  id.replace(/(?:^|_+)(\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll('_', '')
