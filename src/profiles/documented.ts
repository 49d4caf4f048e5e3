import apps from '#fixtures/profiles/documented/apps.json' with { type: 'json' }
import manual from '#fixtures/profiles/documented/printed.json' with { type: 'json' }
import installation from '#fixtures/profiles/nextcloud-34/installation.json' with { type: 'json' }
import { isKeyed, type PhpArray, type PhpValue } from '#lib/php.ts'
import { nextcloud34 } from './nextcloud-34.ts'
import type { PrintedForm, Printing, ProfileDefinition } from './profile.ts'
import { data } from './shipped-data/documented.ts'

const PROVISIONING_APPS = 'provisioning_api-apps-'

/** Members that have another name since. */
const TODAY: Readonly<Record<string, string>> = { webpage: 'website' }

/** What a server that is judged says may have none of them. */
const membersIn = (value: PhpValue): PhpArray => (isKeyed(value) ? value : {})

/**
 * A record with the members that a manual prints, in its order: texts are what the world knows under that name, and what
 * else is printed are figures of the server that the manual was written at.
 */
function printedAs(template: PhpArray, record: PhpValue): PhpArray {
  const source = membersIn(record)
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => {
      const known = source[TODAY[name] ?? name]
      return [name, typeof value === 'string' ? (known === undefined ? '' : String(known ?? '')) : value]
    }),
  )
}

/** An address that a manual prints, on the host that is asked. */
const onHost = (address: string, baseUrl: string) => baseUrl + new URL(address).pathname + new URL(address).search

function printCapabilities(data: PhpValue, baseUrl: string): PhpArray {
  const { core, theming } = membersIn(membersIn(data).capabilities)
  const { logo, background, ...texts } = manual.capabilities.theming
  const images = { logo: onHost(logo, baseUrl), background: onHost(background, baseUrl) }
  return {
    version: manual.version,
    capabilities: {
      core: printedAs(manual.capabilities.core, core),
      ...(theming ? { theming: { ...printedAs(texts, theming), ...images } } : {}),
    },
  }
}

/** Parts of the server for which the manual had no app yet: they are there, and no list names them. */
const UNLISTED: readonly PhpValue[] = apps
  .filter((app) => app.enabled && !manual.enabledApps.includes(app.id))
  .map(({ id }) => id)

function printApps({ input, data }: Printing): PhpValue {
  const { apps: listed } = membersIn(data)
  if (input.filter === 'disabled' || !Array.isArray(listed)) return data
  return { apps: listed.filter((id) => !UNLISTED.includes(id)) }
}

function printData(printing: Printing): PhpValue {
  const { operation, data, baseUrl } = printing
  switch (operation) {
    case 'provisioning_api-users-get-user':
      return printedAs(manual.user, data)
    case 'core-ocs-get-capabilities':
      return printCapabilities(data, baseUrl)
    case `${PROVISIONING_APPS}get-apps`:
      return printApps(printing)
    case `${PROVISIONING_APPS}enable`:
    case `${PROVISIONING_APPS}disable`:
      return undefined
    default:
      return data
  }
}

/** Each manual prints the meta element in its own way; apps of one's own have the External API's. */
function printMeta({ operation, app }: Printing, meta: PhpArray): PhpArray {
  if (operation.startsWith(PROVISIONING_APPS)) return manual.appsMeta
  const isOwn = app !== 'core' && !nextcloud34.apps.some(({ id }) => id === app)
  return isOwn && meta.status === 'ok' ? manual.ownAppMeta : meta
}

const printed: PrintedForm = { data: printData, meta: printMeta }

const { slogan, color } = manual.capabilities.theming
const { email, twitter } = manual.user
const { major, minor, micro, string: versionString } = manual.version

/**
 * Answers as the manuals print them: Nextcloud's provisioning API for apps, the overview of the OCS API, the External API
 * and the commands of ExApps. What they print comes from different versions, so no real server ever answered all of it.
 */
export const documented: ProfileDefinition = {
  ...nextcloud34,
  id: 'documented',
  versionString,
  version: [major, minor, micro],
  quirks: { ...nextcloud34.quirks, needsOcsApiRequest: false, directLinkSeconds: manual.directLinkHours * 60 * 60 },
  apps,
  installation: {
    ...nextcloud34.installation,
    apps: {
      enabled: apps.filter((app) => app.enabled).map((app) => app.id),
      disabled: apps.filter((app) => !app.enabled).map((app) => app.id),
    },
    users: Object.entries(manual.logins).map(([id, password]) =>
      id === 'admin' ? { id, password, email, twitter, groups: ['admin'] } : { id, password },
    ),
    config: {
      ...installation.config,
      apps: { ...installation.config.apps, theming: { slogan, primary_color: color } },
    },
    files: manual.files,
  },
  data: { ...nextcloud34.data, ...data },
  printed,
}
