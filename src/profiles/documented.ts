import apps from '#fixtures/profiles/documented/apps.json' with { type: 'json' }
import { isKeyed, type PhpArray, type PhpValue } from '#lib/php.ts'
import { nextcloud34 } from './nextcloud-34.ts'
import type { PrintedForm, Printing, ProfileDefinition } from './profile.ts'
import { data } from './shipped-data/documented.ts'

const PROVISIONING_APPS = 'provisioning_api-apps-'

/** The members of a record that a manual prints, under the names that it prints. */
/** What a server that is judged says may have none of them. */
const membersIn = (value: PhpValue): PhpArray => (isKeyed(value) ? value : {})

function pick(record: PhpValue, names: Readonly<Record<string, string>>): PhpArray {
  const source = membersIn(record)
  return Object.fromEntries(Object.entries(names).map(([printed, name]) => [printed, source[name] ?? '']))
}

/** The metadata of a user: fewer members than today, `enabled` as a word, and the numbers of one printed server. */
function printUser(data: PhpValue): PhpArray {
  const names = { email: 'email', displayname: 'displayname', phone: 'phone', address: 'address', webpage: 'website' }
  return {
    enabled: String(membersIn(data).enabled),
    quota: { free: 338696790016, used: 7438874, total: 338704228890, relative: 0, quota: -3 },
    ...pick(data, { ...names, twitter: 'twitter' }),
  }
}

function printCapabilities(data: PhpValue, baseUrl: string): PhpArray {
  const { core, theming } = membersIn(membersIn(data).capabilities)
  const image = `${baseUrl}/index.php/apps/theming/logo?v=1`
  return {
    version: { major: 12, minor: 0, micro: 0, string: '12.0 beta 4', edition: '' },
    capabilities: {
      core: pick(core, { pollinterval: 'pollinterval', 'webdav-root': 'webdav-root' }),
      ...(theming
        ? {
            theming: {
              ...pick(theming, { name: 'name', url: 'url' }),
              slogan: 'A safe home for all your data',
              color: '#0082c9',
              logo: image,
              background: image,
            },
          }
        : {}),
    },
  }
}

function printData({ operation, data, baseUrl }: Printing): PhpValue {
  switch (operation) {
    case 'provisioning_api-users-get-user':
      return printUser(data)
    case 'core-ocs-get-capabilities':
      return printCapabilities(data, baseUrl)
    case `${PROVISIONING_APPS}enable`:
    case `${PROVISIONING_APPS}disable`:
      return undefined
    default:
      return data
  }
}

/** Each manual prints the meta element in its own way; apps of one's own have the External API's. */
function printMeta({ operation, app }: Printing, meta: PhpArray): PhpArray {
  if (operation.startsWith(PROVISIONING_APPS)) return { statuscode: 100, status: 'ok' }
  const isOwn = app !== 'core' && !nextcloud34.apps.some(({ id }) => id === app)
  return isOwn && meta.status === 'ok' ? { status: 'ok', statuscode: 100, message: null } : meta
}

const printed: PrintedForm = { data: printData, meta: printMeta }

/**
 * Answers as the manuals print them: Nextcloud's provisioning API for apps, the overview of the OCS API,
 * and the External API. What they print comes from different versions, so no real server ever answered all of it.
 */
export const documented: ProfileDefinition = {
  ...nextcloud34,
  id: 'documented',
  versionString: '12.0 beta 4',
  version: [12, 0, 0],
  quirks: { ...nextcloud34.quirks, needsOcsApiRequest: false, directLinkSeconds: 24 * 60 * 60 },
  apps,
  installation: {
    ...nextcloud34.installation,
    apps: {
      enabled: apps.filter((app) => app.enabled).map((app) => app.id),
      disabled: apps.filter((app) => !app.enabled).map((app) => app.id),
    },
    users: [
      { id: 'admin', password: 'secret', email: 'user@foo.de', twitter: 'schiessle', groups: ['admin'] },
      { id: 'username', password: 'password' },
      { id: 'user', password: 'password' },
    ],
  },
  data: { ...nextcloud34.data, ...data },
  printed,
}
