import { defineEndpoint, p, s } from '#app/index.ts'
import { passwordText } from '#app/problem-texts.ts'
import { commonPasswords } from '#profiles/keys.ts'
import * as policy from '#world/accounts/password-policy.ts'

/** An unknown use is an account. */
const contextOf = (context: string): policy.PasswordContext => (context === 'sharing' ? 'sharing' : 'account')
const context = p
  .string()
  .default('account')
  .oneOf('account', 'sharing')
  .describe('What the password is for.')
  .since(34, 'account')

export const validatePassword = defineEndpoint({
  id: 'password_policy-api-validate',
  app: 'password_policy',
  method: 'POST',
  path: '/apps/password_policy/api/v1/validate',
  access: 'user',
  summary: 'What the policy says to a password',
  input: { password: p.string(), context },
  output: s.object({ passed: s.bool(), reason: s.optional(s.words()) }),
  data: [commonPasswords],
  handle: ({ input, world, profile, ok }) => {
    const problems = policy.check(world, input.password, commonPasswords.of(profile), contextOf(input.context))
    if (problems.length === 0) return ok({ passed: true })
    return ok({ passed: false, reason: problems.map(passwordText).join(' ') })
  },
})

export const generatePassword = defineEndpoint({
  id: 'password_policy-api-generate',
  app: 'password_policy',
  method: 'GET',
  path: '/apps/password_policy/api/v1/generate',
  access: 'user',
  summary: 'A random password that the policy likes',
  input: { context },
  output: s.object({ password: s.string() }),
  data: [commonPasswords],
  handle: ({ input, world, profile, ok }) =>
    ok({ password: policy.generate(world, commonPasswords.of(profile), contextOf(input.context)) }),
})
