import { DataResponse, definePhpApp, p } from 'ocs-mock'

export default definePhpApp('yourapp', {
  routes: {
    ocs: [{ name: 'Bar#getFoo', url: '/foobar/{id}', verb: 'GET', requirements: { id: '\\d+' } }],
    routes: [{ name: 'Page#index', url: '/' }],
  },
  controllers: {
    Bar: {
      getFoo: {
        noAdminRequired: true,
        parameters: { id: p.int() },
        run: ({ id }, { userId }) => new DataResponse({ id, userId }),
      },
    },
    Page: { index: { noAdminRequired: true, noCSRFRequired: true, run: () => ({ hello: 'world' }) } },
  },
})
