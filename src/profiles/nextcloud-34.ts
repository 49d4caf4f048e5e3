import apps from '#fixtures/profiles/nextcloud-34/apps.json' with { type: 'json' }
import appstore from '#fixtures/profiles/nextcloud-34/appstore.json' with { type: 'json' }
import circles from '#fixtures/profiles/nextcloud-34/circles.json' with { type: 'json' }
import commonPasswords from '#fixtures/profiles/nextcloud-34/common-passwords.json' with { type: 'json' }
import configLexicon from '#fixtures/profiles/nextcloud-34/config-lexicon.json' with { type: 'json' }
import declarativeForms from '#fixtures/profiles/nextcloud-34/declarative-forms.json' with { type: 'json' }
import directEditing from '#fixtures/profiles/nextcloud-34/direct-editing.json' with { type: 'json' }
import exampleContact from '#fixtures/profiles/nextcloud-34/example-contact.json' with { type: 'json' }
import exampleEvent from '#fixtures/profiles/nextcloud-34/example-event.json' with { type: 'json' }
import installation from '#fixtures/profiles/nextcloud-34/installation.json' with { type: 'json' }
import ldapSettings from '#fixtures/profiles/nextcloud-34/ldap-settings.json' with { type: 'json' }
import navigation from '#fixtures/profiles/nextcloud-34/navigation.json' with { type: 'json' }
import operations from '#fixtures/profiles/nextcloud-34/operations.json' with { type: 'json' }
import predefinedStatuses from '#fixtures/profiles/nextcloud-34/predefined-statuses.json' with { type: 'json' }
import regions from '#fixtures/profiles/nextcloud-34/regions.json' with { type: 'json' }
import richObjects from '#fixtures/profiles/nextcloud-34/rich-objects.json' with { type: 'json' }
import searchProviders from '#fixtures/profiles/nextcloud-34/search-providers.json' with { type: 'json' }
import serverInfo from '#fixtures/profiles/nextcloud-34/serverinfo.json' with { type: 'json' }
import settingsSections from '#fixtures/profiles/nextcloud-34/settings-sections.json' with { type: 'json' }
import taskTypes from '#fixtures/profiles/nextcloud-34/task-types.json' with { type: 'json' }
import templateCreators from '#fixtures/profiles/nextcloud-34/template-creators.json' with { type: 'json' }
import textTaskTypes from '#fixtures/profiles/nextcloud-34/text-task-types.json' with { type: 'json' }
import themingBackgrounds from '#fixtures/profiles/nextcloud-34/theming-backgrounds.json' with { type: 'json' }
import webhookEvents from '#fixtures/profiles/nextcloud-34/webhook-events.json' with { type: 'json' }
import workflow from '#fixtures/profiles/nextcloud-34/workflow.json' with { type: 'json' }
import type { Seed } from '#world/seed.ts'
import type { Lexicon } from '#world/settings/config-lexicon.ts'
import type { KnownOperation, Profile, ProfileApp } from './profile.ts'

/** Nextcloud Server 34.0.1, as released: what its corpus and a running instance show. */
export const nextcloud34: Profile = {
  id: 'nextcloud-34',
  product: 'nextcloud',
  productName: 'Nextcloud',
  versionString: '34.0.1',
  version: [34, 0, 1, 2],
  edition: '',
  quirks: {
    controllerXmlType: 'application/xml; charset=utf-8',
    legacyXmlType: 'text/xml; charset=UTF-8',
    needsOcsApiRequest: true,
    directLinkSeconds: 8 * 60 * 60,
  },
  apps: apps as unknown as readonly ProfileApp[],
  configLexicon: configLexicon as Lexicon,
  operations: operations as readonly KnownOperation[],
  installation: installation as Seed,
  console: 'nextcloud',
  data: {
    searchProviders,
    serverInfo,
    settingsSections,
    taskTypes,
    appstore,
    workflow,
    webhookEvents,
    templateCreators,
    textTaskTypes,
    declarativeForms,
    exampleEvent,
    circles,
    commonPasswords,
    directEditing,
    exampleContact,
    ldapSettings,
    navigation,
    predefinedStatuses,
    regions,
    richObjects,
    themingBackgrounds,
  },
}
