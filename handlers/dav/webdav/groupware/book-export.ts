import type { DavContext, Resource } from '#dav/resource.ts'
import { readComponent } from '#lib/icalendar/component.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import type { Answer } from '#line/call.ts'
import { card } from './names.ts'

/** `?export`: all cards as one file. */
export function exportBook(dav: DavContext, name: string, members: () => readonly Resource[]): Answer | undefined {
  if (!new URLSearchParams(dav.call.query).has('export')) return undefined
  const day = new Date(dav.world.clock.now()).toISOString().slice(0, 10)
  const cards = members().map((one) => writeComponent(readComponent(String(one.property(card('address-data'))))))
  return {
    status: 200,
    headers: [
      ['Content-Disposition', `attachment; filename="${name.replace(/[^a-zA-Z0-9_ -]/g, '')}-${day}.vcf"`],
      ['Content-type', 'text/directory;charset=UTF-8'],
    ],
    body: cards.join(''),
  }
}
