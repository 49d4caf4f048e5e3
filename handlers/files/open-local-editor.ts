import { defineEndpoint, p, s } from '#app/index.ts'
import { digest } from '#lib/digest.ts'
import * as localEditing from './state/local-editing.ts'

const tokenSchema = s.object({
  userId: s.nullable(s.string()),
  pathHash: s.string(),
  expirationTime: s.int(),
  token: s.secret(),
})

const dataOf = ({ userId, pathHash, expiresAt, token }: localEditing.LocalEditing) => ({
  userId,
  pathHash,
  expirationTime: expiresAt,
  token,
})

const sha1 = (path: string) => digest('SHA-1', new TextEncoder().encode(path))

export const create = defineEndpoint({
  id: 'files-open_local_editor-create',
  app: 'files',
  method: 'POST',
  path: '/apps/files/api/v1/openlocaleditor',
  access: 'user',
  summary: "Make a token by which the caller's desktop client opens a file in a local program",
  input: { path: p.string().describe('Path of the file; nobody looks whether it exists') },
  output: tokenSchema,
  probe: { path: '/welcome.txt' },
  handle: async ({ input, me, world, ok }) => ok(dataOf(localEditing.create(world, me, await sha1(input.path)))),
})

export const validate = defineEndpoint({
  id: 'files-open_local_editor-validate',
  app: 'files',
  method: 'POST',
  path: '/apps/files/api/v1/openlocaleditor/{token}',
  access: 'user',
  summary: 'Use up a token for opening a file in a local program',
  input: { path: p.string() },
  output: tokenSchema,
  responses: { 404: s.empty() },
  probe: { token: 'no-such-token', path: '/welcome.txt' },
  handle: async ({ input, me, world, ok, respond }) => {
    const found = localEditing.redeem(world, me, await sha1(input.path), input.token)
    return found ? ok(dataOf(found)) : respond(404)
  },
})
