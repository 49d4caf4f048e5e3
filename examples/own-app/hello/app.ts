import { defineApp, defineEndpoint, s } from 'ocs-mock'

const greet = defineEndpoint({
  id: 'hello-greet',
  app: 'hello',
  method: 'GET',
  path: '/apps/hello/greeting',
  access: 'user',
  summary: 'Greet the caller',
  output: s.object({ text: s.string() }),
  handle: ({ me, ok }) => ok({ text: `Hello, ${me}` }),
})

export default defineApp('hello', { endpoints: [greet] })
