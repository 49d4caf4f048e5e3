import { childOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext, NewCollection, Resource } from '#dav/resource.ts'
import { d, element } from '#dav/xml.ts'
import { httpDate } from '#lib/http-date.ts'
import { toInt } from '#lib/php.ts'
import { forbidden } from '#line/dav-exit.ts'
import * as subscriptions from '#world/groupware/subscriptions.ts'
import { groupwareResource } from './collections.ts'
import { apple, cal, cs, reportsOf, sabre } from './names.ts'

type Read = (value: ReadElement | null) => subscriptions.SubscriptionProperties

const CHANGES = new Map<string, Read>([
  [d('displayname'), (value) => ({ displayName: value?.text ?? null })],
  [apple('refreshrate'), (value) => ({ refreshRate: value?.text ?? null })],
  [apple('calendar-order'), (value) => ({ order: toInt(value?.text ?? '') })],
  [apple('calendar-color'), (value) => ({ color: value?.text ?? null })],
  [cs('subscribed-strip-todos'), (value) => ({ stripsTodos: value !== null })],
  [cs('subscribed-strip-alarms'), (value) => ({ stripsAlarms: value !== null })],
  [cs('subscribed-strip-attachments'), (value) => ({ stripsAttachments: value !== null })],
  [cs('source'), (value) => (value ? { source: sourceIn(value) } : {})],
])

const sourceIn = (value: ReadElement): string => childOf(value, d('href'))?.text ?? value.text

/** @throws DavError 403 without an address */
export function createSubscription({ world }: DavContext, owner: string, { name, properties }: NewCollection): void {
  const source = properties.get(cs('source'))
  if (!source) throw forbidden(`The ${cs('source')} property is required when creating subscriptions`)
  let given: subscriptions.SubscriptionProperties = {}
  for (const [key, value] of properties) given = { ...given, ...CHANGES.get(key)?.(value) }
  subscriptions.create(world, owner, name, { ...given, source: sourceIn(source) })
}

/** A calendar elsewhere: as an address, or as an empty calendar for who wants subscriptions kept here. */
export function subscriptionResource(dav: DavContext, owner: string, one: subscriptions.Subscription): Resource {
  const principal = `principals/users/${owner}`
  const isCached = dav.call.header('x-nc-caldav-webcal-caching') === 'On'
  const flag = (isSet: boolean) => (isSet ? '' : undefined)
  return groupwareResource(dav, {
    path: `calendars/${owner}/${one.uri}`,
    collection: true,
    lastModified: one.modifiedAt,
    acl: {
      owner: principal,
      grants: [
        { principal, privilege: d('all') },
        { principal: `${principal}/calendar-proxy-write`, privilege: d('all') },
        { principal: `${principal}/calendar-proxy-read`, privilege: d('read') },
      ],
    },
    reports: reportsOf({}),
    members: () => [],
    property(name) {
      switch (name) {
        case d('resourcetype'):
          return [element(d('collection')), element(isCached ? cal('calendar') : cs('subscribed'))]
        case d('displayname'):
          return one.displayName ?? undefined
        case d('getlastmodified'):
          return httpDate(one.modifiedAt)
        case cs('getctag'):
        case sabre('sync-token'):
          return one.token
        case apple('calendar-order'):
          return one.order
        case apple('calendar-color'):
          return one.color ?? undefined
        case apple('refreshrate'):
          return one.refreshRate ?? undefined
        case cs('source'):
          return isCached ? undefined : [element(d('href'), one.source)]
        case cs('subscribed-strip-todos'):
          return flag(one.stripsTodos)
        case cs('subscribed-strip-alarms'):
          return flag(one.stripsAlarms)
        case cs('subscribed-strip-attachments'):
          return flag(one.stripsAttachments)
        case cal('supported-calendar-component-set'):
          return ['VTODO', 'VEVENT'].map((type) => ({ name: cal('comp'), attributes: { name: type } }))
        default:
          return undefined
      }
    },
    patchAll(changes) {
      const statuses = new Map<string, number>()
      let given: subscriptions.SubscriptionProperties = {}
      for (const [name, read] of CHANGES) {
        const value = changes.get(name)
        if (value === undefined) continue
        given = { ...given, ...read(value) }
        statuses.set(name, value === null ? 204 : 200)
      }
      if (statuses.size > 0) subscriptions.change(dav.world, one, given)
      return statuses
    },
    remove: () => {
      subscriptions.remove(dav.world, one)
    },
  })
}
