import { directly, expect, it, type Way } from '../../support/ways.ts'

const alice = 'alice:secret'
const USERS = [{ id: 'alice', password: 'secret' }]
const policy = (settings: Record<string, string>) => ({ users: USERS, config: { apps: { password_policy: settings } } })

const validate = (way: Way, password: string, context?: string) =>
  way.ask('POST', '/apps/password_policy/api/v1/validate', {
    as: alice,
    json: { password, ...(context ? { context } : {}) },
  })
const generate = async (way: Way, query = '') => {
  const answer = await way.ask('GET', `/apps/password_policy/api/v1/generate${query}`, { as: alice })
  return /"password":"([^"]*)"|<password>([^<]*)</.exec(answer.text)!.slice(1).join('')
}

directly('the policy for passwords', policy({}), (way) => {
  it('takes a password, or says what is wrong with it', async () => {
    ;(await validate(way, 'Corr3ct-h0rse!')).expectData({ passed: true })
    const short = await validate(way, 'x9!k')
    expect(short.code).toBe(200)
    short.expectData({ passed: false, reason: 'Password needs to be at least 10 characters long.' })
  })

  way.inEveryWay('makes passwords that it takes', async () => {
    const made = await generate(way)
    expect(made.length).toBeGreaterThanOrEqual(10)
    ;(await validate(way, made)).expectData({ passed: true })
    expect(await generate(way)).not.toBe(made)
  })

  it('is for those who are logged in', async () => {
    expect((await way.ask('GET', '/apps/password_policy/api/v1/generate')).code).toBe(997)
  })
})

const STRICT = {
  minLength: '12',
  enforceNumericCharacters: '1',
  enforceSpecialCharacters: '1',
  enforceUpperLowerCase: '1',
  passwordContexts: '["account","sharing"]',
  minLength_sharing: '6',
}

directly('a strict policy for passwords', policy(STRICT), (way) => {
  it('says all that is wrong at once', async () => {
    const answer = await validate(way, 'simple')
    for (const part of ['at least 12 characters', 'one numeric', 'one special', 'one lower and one upper case'])
      expect(answer.text).toContain(part)
    const made = await generate(way)
    expect(made).toMatch(/\d/)
    expect(made.length).toBeGreaterThanOrEqual(12)
  })

  it('may ask less of shares', async () => {
    ;(await validate(way, 'simple', 'sharing')).expectData({ passed: true })
    expect((await generate(way, '?context=sharing')).length).toBeGreaterThanOrEqual(6)
  })
})
