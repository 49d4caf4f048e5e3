import apps from '#fixtures/profiles/nextcloud-34/apps.json' with { type: 'json' }
import installation from '#fixtures/profiles/nextcloud-34/installation.json' with { type: 'json' }
import type { ProfileDefinition } from './profile.ts'
import { data } from './shipped-data/nextcloud-34.ts'

const UNKNOWN_ROUTE =
  'Invalid query, please check the syntax. API specifications are here: http://www.freedesktop.org/wiki/Specifications/open-collaboration-services.\n'

/** Nextcloud Server 34.0.1, as released: what its corpus and a running instance show. */
export const nextcloud34: ProfileDefinition = {
  id: 'nextcloud-34',
  product: 'nextcloud',
  productName: 'Nextcloud',
  release: 34,
  versionString: '34.0.1',
  version: [34, 0, 1, 2],
  edition: '',
  quirks: {
    controllerXmlType: 'application/xml; charset=utf-8',
    legacyXmlType: 'text/xml; charset=UTF-8',
    needsOcsApiRequest: true,
    directLinkSeconds: 8 * 60 * 60,
    attributeRouted: [
      'appstore',
      'dashboard',
      'notifications',
      'office',
      'privacy',
      'profile',
      'suspicious_login',
      'user_status',
      'webhook_listeners',
      'workflowengine',
    ],
    securityHeaders: [
      ['Referrer-Policy', 'no-referrer'],
      ['X-Content-Type-Options', 'nosniff'],
      ['X-Frame-Options', 'SAMEORIGIN'],
      ['X-Permitted-Cross-Domain-Policies', 'none'],
      ['X-Robots-Tag', 'noindex, nofollow'],
    ],
    wrongKind: 'bad-request',
    legacyMeta: 'as-controllers',
    legacyFormats: 'any',
    loginFailures: 'as-asked',
    unknownFormat: 'xml',
    unknownRoute: { code: 998, message: UNKNOWN_ROUTE },
    notLoggedIn: 'Current user is not logged in',
    countsInV2: 'where-set',
    ownStatuses: {},
    controllerHeaders: [
      ['Cache-Control', 'no-cache, no-store, must-revalidate'],
      ['Content-Security-Policy', "default-src 'none';base-uri 'none';manifest-src 'self';frame-ancestors 'none'"],
      [
        'Feature-Policy',
        "autoplay 'none';camera 'none';fullscreen 'none';geolocation 'none';microphone 'none';payment 'none'",
      ],
    ],
    namesCaller: true,
    namesRequests: true,
    legacyHeaders: [],
  },
  apps,
  installation,
  recordedAt: Date.UTC(2026, 10, 21, 2) / 1000,
  console: 'nextcloud',
  data,
}
