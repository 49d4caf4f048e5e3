import {
  type Component,
  copyOf,
  type Property,
  propertiesOf,
  property,
  propertyOf,
  readComponent,
} from '#lib/icalendar/component.ts'
import { jsonText, toJcard } from '#lib/icalendar/jcal.ts'
import { PRODID } from '#lib/icalendar/validate.ts'
import { writeComponent } from '#lib/icalendar/write.ts'

/** The form in which somebody wants a card. */
export type CardForm = '3.0' | '4.0' | 'json'

/** What an `Accept` header, or a report, wants; cards of version 3 unless something else is named. */
export function wantedForm(accept: string): CardForm {
  if (/application\/vcard\+json/.test(accept)) return 'json'
  return /version=4\.0/.test(accept) ? '4.0' : '3.0'
}

export const TYPES: Readonly<Record<CardForm, string>> = {
  '3.0': 'text/vcard; charset=utf-8',
  '4.0': 'text/vcard; version=4.0; charset=utf-8',
  json: 'application/vcard+json; charset=utf-8',
}

/**
 * A card in the form that is wanted.
 * @param only names of properties; the others are left out
 */
export function convertCard(data: string, form: CardForm, only: readonly string[] = []): string {
  const card = readComponent(data)
  if (only.length > 0) {
    const kept = new Set([...only, 'UID', 'VERSION', 'FN'])
    card.children = card.children.filter(({ name }) => kept.has(name))
  }
  const version = propertyOf(card, 'VERSION')?.value
  if (form === 'json') return jsonText(toJcard(version === '4.0' ? card : toVersion(card, '4.0')))
  if (version === form) return only.length > 0 ? writeComponent(card) : data
  return writeComponent(toVersion(card, form))
}

function toVersion(card: Component, version: '3.0' | '4.0'): Component {
  const converted = propertiesOf(card)
    .filter(({ name }) => name !== 'VERSION' && name !== 'PRODID')
    .flatMap((one) => (version === '4.0' ? toFour(copyOf(one)) : toThree(copyOf(one))))
  return { name: 'VCARD', children: [property('VERSION', version), property('PRODID', PRODID), ...converted] }
}

function toFour(one: Property): Property[] {
  const types = one.params.get('TYPE')
  const others = types?.filter((type) => type.toUpperCase() !== 'PREF')
  if (types && others!.length < types.length) {
    one.params.delete('TYPE')
    if (others!.length > 0) one.params.set('TYPE', others!)
    one.params.set('PREF', ['1'])
  }
  if (/^(?:PHOTO|LOGO|SOUND|KEY)$/.test(one.name) && one.params.has('ENCODING')) {
    const type = one.params.get('TYPE')?.[0]?.toLowerCase() ?? 'octet-stream'
    one.value = `data:${type.includes('/') ? type : `image/${type}`};base64,${one.value}`
    one.params.clear()
  }
  if (/^(?:BDAY|ANNIVERSARY)$/.test(one.name) && one.params.has('X-APPLE-OMIT-YEAR')) {
    one.value = one.value.replace(/^\d{4}-?(\d\d)-?(\d\d)$/, '--$1$2')
    one.params.delete('X-APPLE-OMIT-YEAR')
  }
  return [one]
}

function toThree(one: Property): Property[] {
  if (one.params.get('PREF')?.[0] === '1') {
    one.params.delete('PREF')
    one.params.set('TYPE', [...(one.params.get('TYPE') ?? []), 'PREF'])
  }
  const [, type, bytes] = /^data:image\/([^;,]+);base64,(.*)$/s.exec(one.value) ?? []
  if (bytes !== undefined) {
    one.value = bytes
    one.params.clear()
    one.params.set('ENCODING', ['b'])
    one.params.set('TYPE', [type!.toUpperCase()])
  }
  const [, month, day] = /^--(\d\d)-?(\d\d)$/.exec(one.value) ?? []
  if (month !== undefined && one.name === 'BDAY') {
    one.value = `1604-${month}-${day}`
    one.params.set('X-APPLE-OMIT-YEAR', ['1604'])
  }
  if (one.name !== 'ANNIVERSARY') return one.name === 'KIND' ? [] : [one]
  const group = 'ITEM1'
  const dated = (name: string, of: string | null): Property => ({
    ...property(name, one.value, [['VALUE', ['DATE-AND-OR-TIME']]]),
    group: of,
  })
  const label: Property = { ...property('X-ABLABEL', '_$!<Anniversary>!$_'), group }
  return [dated('X-ABDATE', group), label, dated('X-ANNIVERSARY', null)]
}
