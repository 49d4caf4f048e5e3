import type { Param } from '#line/params.ts'
import type { FuzzRandom } from '../fuzz/random.ts'
import type { Step } from './step.ts'

/** What members of requests are called, and what a client would send there. Names are looked up from the first. */
const VALUES: readonly (readonly [name: RegExp, values: readonly string[]])[] = [
  [/^(userid|user|uid|cloudid|owner|recipient|newowner|username)$/i, ['{ann}', '{ben}', '{new}', 'nobody-there']],
  [/^(groupid|group|groups?)$/i, ['{team}', '{team}', '{crew}', 'no-group']],
  [/^sharetypes?$/i, ['0', '0', '1', '3', '3', '4', '6', '7', '10', '99']],
  [/^sharewith$/i, ['{ann}', '{ben}', '{ben}', '{team}', 'someone@example.org', 'ann@remote.example.org', '']],
  [
    /^(path|file|dir|target|source|folder)$/i,
    ['/one.txt', '/Folder', '/Folder/two.txt', '/missing.txt', '/', 'one.txt', ''],
  ],
  [/^permissions?$/i, ['1', '15', '17', '19', '31', '0', '32']],
  [/password/i, ['Correct-Horse-9', 'short', '']],
  [/^(email|address)$/i, ['ann@example.org', 'no-address', '']],
  [
    /^key$/i,
    [
      ...['email', 'displayname', 'phone', 'address', 'website', 'quota', 'language', 'locale', 'biography', 'x'],
      ...['fediverse', 'bluesky', 'twitter', 'organisation', 'role', 'headline', 'pronouns', 'birthdate', 'manager'],
      ...['timezone', 'first_day_of_week', 'notify_email', 'additional_mail', 'profile_enabled', 'emailScope'],
      ...['phoneScope', 'displaynameScope', 'avatarScope', 'primary_group'],
    ],
  ],
  [
    /^value$/i,
    [
      ...['ann@example.org', 'Ann Other', '+4930123456', '1 GB', 'de', 'none', '', 'https://example.org', '@ann', '0'],
      ...['v2-private', 'v2-local', 'v2-federated', 'v2-published', '1990-02-03', 'Europe/Berlin', '1', '{team}'],
    ],
  ],
  [/^(limit|offset|page|size|width|height|since|cursor|itemsperpage|perpage)$/i, ['0', '1', '2', '10', '-1', '']],
  [/^(search|term|query|q|pattern)$/i, ['a', 'ann', 'one', '', 'nothing-is-called-so', '%', 'Folder', '{run}']],
  [/(date|clearat|expire|until|timestamp|time|firstday|lastday)/i, ['2099-01-01', '4070908800', 'tomorrow', '', '1']],
  [/^(fileid|objectid|nodeid|itemid|id|shareid|tagid|notificationid|token)$/i, ['0', '1', '99999999', 'x']],
  [/^itemtype$/i, ['file', 'folder', 'call', '']],
  [
    /^(label|name|title|note|message|subject|displayname|shortmessage|longmessage)$/i,
    ['Some words', 'Other words', 'ä & <b>', ''],
  ],
  [/^(app|appid)$/i, ['files', 'files_sharing', 'core', 'no_app']],
  [/^config_?key$/i, ['own', 'other', 'default_view', '']],
  [/^providerid$/i, ['files', 'settings', 'users', 'circles', 'comments', 'systemtags', 'no-provider']],
  [/^statustype$/i, ['online', 'away', 'dnd', 'busy', 'invisible', 'offline', 'asleep']],
  [/^statusicon$/i, ['🦊', '', 'ab']],
  [/^messageid$/i, ['meeting', 'vacationing', 'no-message']],
  [/^(members)$/i, ['{ben}', '{team}']],
  [/^level$/i, ['1', '4', '8', '9', '0', 'x']],
  [/^type$/i, ['0', '1', '2', '4', '16', 'online', 'x']],
  [/^lang(uage)?$/i, ['en', 'de', 'xx']],
  [/^urls?|reference$/i, ['https://example.org/a', 'no-address']],
  [
    /^(reshares|subfiles|shared_with_me|include_tags|publicupload|sendmail|lookup|force)$/i,
    ['true', 'false', '1', '0', ''],
  ],
]

const OTHER = ['1', '0', 'true', 'a', 'Some words', '', '[]', '-1']

interface Known {
  readonly app: string
  readonly before: readonly Step[]
}

/** What a client may send as one parameter: often what the answer to an earlier step gave out. */
export function valueFor(
  name: string,
  param: Param<unknown> | undefined,
  random: FuzzRandom,
  { app, before }: Known,
): string {
  const makers = before.flatMap((step, at) => (step.app === app && step.method === 'POST' ? [at] : []))
  const files = before.flatMap((step, at) => (step.method === 'PUT' && step.app === 'dav' ? [at] : []))
  if (/^(?:file|node|object|resource)_?id$/i.test(name) && files.length > 0 && random.chance(0.8))
    return `{#${random.pick(files)}}`
  if (isGivenOut(name) && makers.length > 0 && random.chance(0.85))
    return `{#${random.pick(makers)}${/token/i.test(name) ? '.token' : ''}}`
  if (param?.options.values && random.chance(0.85)) return random.pick(param.options.values)
  if (param?.options.type === 'bool') return random.pick(['true', 'false', '1', '0'])
  const [, values] = VALUES.find(([pattern]) => pattern.test(name)) ?? [null, OTHER]
  return random.pick(values)
}

const isGivenOut = (name: string) => /^(?:\w*id|token)$/i.test(name) && !/^(?:user|group|app|provider)id$/i.test(name)

/** Placeholders are filled in later; all else is as an address or a form holds it. */
export const encoded = (text: string) =>
  encodeURIComponent(text)
    .replace(/%7B(#?[\w.]+)%7D/g, '{$1}')
    .replace(/%23(?=\d+(?:\.\w+)?\})/g, '#')
    .replace(/\{%23/g, '{#')
