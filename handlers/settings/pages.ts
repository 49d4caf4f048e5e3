import { defineFrontPage } from '#handlers/core/api.ts'

const app = 'settings'
const PERSONAL = 'Personal settings'
const ADMIN = 'Administration settings'
const ADMINISTRATORS = { login: true, admin: true } as const

export const settingsPages = [
  defineFrontPage({ id: 'settings-personal-index', app, path: '/settings/user', title: PERSONAL }),
  defineFrontPage({ id: 'settings-personal-section', app, path: '/settings/user/{section}', title: PERSONAL }),
  defineFrontPage({ id: 'settings-admin-index', app, path: '/settings/admin', title: ADMIN, requires: ADMINISTRATORS }),
  defineFrontPage({
    id: 'settings-admin-section',
    app,
    path: '/settings/admin/{section}',
    title: ADMIN,
    requires: ADMINISTRATORS,
  }),
]
