import { setApp } from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const BASE = '/apps/user_ldap/api/v1'
const ADMIN = { as: 'admin:admin' }
const SEED = {
  apps: { enabled: ['user_ldap'] },
  users: [{ id: 'alice', password: 'alice' }],
  config: { apps: { user_ldap: { ocsmock_accounts: '[{"uid":"x","displayName":"X"}]', ocsmock_groups: '["g","h"]' } } },
}
const NOT_FOUND = [404, 'Config ID not found']
const WHOLE = {
  ldapHost: 'ldap.example.com',
  ldapPort: '389',
  ldapBase: 'dc=example\ndc=com',
  ldapLoginFilter: '(uid=%uid)',
}

directly('configurations of LDAP', SEED, (way) => {
  const ask = (method: string, path: string, json?: unknown) => way.ask(method, BASE + path, { ...ADMIN, json })
  const told = async (method: string, path: string, json?: unknown) => {
    const { code, message } = await ask(method, path, json)
    return [code, message]
  }

  way.inEveryWay('are numbered, copied and deleted, and a number comes back only from the end', async () => {
    ;(await ask('POST', '/config')).expectData({ configID: 's01' })
    await ask('PUT', '/config/s01', { configData: { ldapHost: 'h' } })
    ;(await ask('POST', '/config/s01/copy')).expectData({ configID: 's02' })
    expect((await ask('GET', '/config/s02')).text).toMatch(/ldapHost\W+h\W/)
    ;(await ask('DELETE', '/config/s01')).expectData([])
    ;(await ask('POST', '/config')).expectData({ configID: 's03' })
    expect(await told('DELETE', '/config/s01')).toEqual(NOT_FOUND)
    expect(await told('POST', '/config/s01/copy')).toEqual(NOT_FOUND)
    expect(await told('GET', '/config/s01')).toEqual(NOT_FOUND)
  })

  way.inEveryWay('are changed by the names of their settings, and hide the password', async () => {
    await ask('POST', '/config')
    const configData = {
      ldapBase: 'dc=a\ndc=b',
      ldapAgentPassword: 'geheim',
      homeFolderNamingRule: 'uid',
      ldap_dn: 'x',
      foo: 1,
    }
    const { text } = await ask('PUT', '/config/s01', { configData: { ...configData, ldapConfigurationActive: true } })
    const says = (name: string, value: string) =>
      expect(text).toContain(way.format === 'json' ? `"${name}":"${value}"` : `<${name}>${value}</${name}>`)
    says('ldapBase', 'dc=a;dc=b')
    says('ldapAgentPassword', '***')
    says('homeFolderNamingRule', 'attr:uid')
    says('ldapAgentName', '')
    says('ldapConfigurationActive', '1')
    says('ldapCacheTTL', '600')
    expect(text).not.toContain('foo')
    expect((await ask('GET', '/config/s01?showPassword=1')).text).toContain('geheim')
    expect((await ask('GET', '/config/s01?showPassword=false')).text).not.toContain('geheim')
    expect(await told('PUT', '/config/s01', { configData: 'x' })).toEqual([400, 'configData is not properly set'])
    expect(await told('PUT', '/config/s09', {})).toEqual(NOT_FOUND)
  })

  way.inEveryWay('are tested: whether they are whole, and whether a server is there', async () => {
    await ask('POST', '/config')
    const test = async () => await ask('POST', '/config/s01/test')
    ;(await test()).expectData({
      success: false,
      message: 'Invalid configuration: Mandatory field "LDAP Host" left empty',
    })
    await ask('PUT', '/config/s01', { configData: { ...WHOLE, ldapAgentPassword: 'x' } })
    ;(await test()).expectData({
      success: false,
      message: 'Invalid configuration: A password is given, but not an LDAP agent',
    })
    await ask('PUT', '/config/s01', { configData: { ldapAgentPassword: '', ldapLoginFilter: '(uid=*)' } })
    ;(await test()).expectData({
      success: false,
      message: 'Invalid configuration: Login filter does not contain %uid placeholder.',
    })
    await ask('PUT', '/config/s01', { configData: WHOLE })
    const failed = 'Valid configuration, but binding failed. Please check the server settings and credentials.'
    ;(await test()).expectData({ success: false, message: failed })
    setApp(way.ocs.world, 'user_ldap', 's01ocsmock_reachable', 'yes')
    ;(await test()).expectData({ success: true, message: 'Valid configuration, connection established!' })
    expect(await told('POST', '/config/s09/test')).toEqual(NOT_FOUND)
  })

  it('are for administrators, while the app is enabled', async () => {
    const denied = await way.ask('GET', `${BASE}/config/s01`, { as: 'alice:alice' })
    expect(denied.message).toMatch(/^Logged in account must be an admin/)
    expect((await way.ask('POST', `${BASE}/config`)).code).toBe(997)
    setApp(way.ocs.world, 'user_ldap', 'enabled', 'no')
    expect((await ask('GET', '/config/s01')).code).toBe(998)
  })
})

directly('the LDAP wizard', SEED, (way) => {
  const ask = (path: string, json: unknown = {}) => way.ask('POST', `${BASE}/wizard/${path}`, { ...ADMIN, json })
  const told = async (path: string, json?: unknown) => {
    const { code, message } = await ask(path, json)
    return [code, message]
  }
  const configure = async () => {
    await way.ask('POST', `${BASE}/config`, ADMIN)
    await way.ask('PUT', `${BASE}/config/s01`, { ...ADMIN, json: { configData: WHOLE } })
  }

  way.inEveryWay('finds nothing without a server, and says what it lacks', async () => {
    expect(await told('s09/countUsers')).toEqual([999, 'Requirements not met'])
    expect(await told('s09/determineAttributes')).toEqual([999, ''])
    await configure()
    expect(await told('s01/guessBaseDN')).toEqual([999, 'Lost connection to LDAP server.'])
    expect(await told('s01/testLoginName')).toEqual([999, 'No login name passed'])
    expect(await told('s01/nosuch')).toEqual([999, 'Action nosuchdoes not exist'])
    ;(await ask('s01/countGroups')).expectData({ changes: { ldap_group_count: '0 groups found' } })
  })

  it('composes filters, and keeps them', async () => {
    await configure()
    ;(await ask('s01/getUserListFilter')).expectData({ changes: { ldap_userlist_filter: '(objectclass=*)' } })
    expect(await told('s01/countUsers')).toEqual([999, 'Lost connection to LDAP server.'])
    const configData = { ldapGroupFilterObjectclass: 'groupOfNames\nposixGroup', ldapGroupFilterGroups: 'a' }
    await way.ask('PUT', `${BASE}/config/s01`, { ...ADMIN, json: { configData } })
    const filter = '(&(|(objectclass=groupOfNames)(objectclass=posixGroup))(|(cn=a)))'
    const answer = await ask('s01/getGroupFilter')
    answer.expectData({ changes: { ldap_group_filter: filter } })
  })

  it('counts what the directory of the fake holds, if it has one', async () => {
    await configure()
    await ask('s01/getUserListFilter')
    setApp(way.ocs.world, 'user_ldap', 's01ocsmock_reachable', 'yes')
    ;(await ask('s01/countUsers')).expectData({ changes: { ldap_user_count: '1 user found' } })
    ;(await ask('s01/countInBaseDN')).expectData({ changes: { ldap_test_base: 3 } })
    ;(await ask('s01/testLoginName', { loginName: 'x' })).expectData({
      changes: { ldap_test_loginname: 1, ldap_test_effective_filter: '(uid=x)' },
    })
  })

  way.inEveryWay('forgets which ids were given', async () => {
    for (const subject of ['user', 'group']) (await ask('clearMappings', { subject })).expectData([])
    expect(await told('clearMappings', { subject: 'x' })).toEqual([999, 'An issue occurred.'])
    expect((await ask('clearMappings')).status).toBe(400)
  })
})
