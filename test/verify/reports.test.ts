import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { Finding } from '#verify/finding.ts'
import { htmlReport } from '#verify/reports/html.ts'
import { junitReport } from '#verify/reports/junit.ts'
import { markdownReport } from '#verify/reports/markdown.ts'
import { sarifReport } from '#verify/reports/sarif.ts'
import { textReport } from '#verify/reports/text.ts'
import type { Verification } from '#verify/verification.ts'

const FINDING: Finding = {
  operation: 'zoo-look',
  where: '/ocs/data/0/name',
  expected: '"<b>Mo & co</b>"',
  got: '"</script>\u0001|"',
  severity: 'breaks',
  rule: 'schema',
  seen: ['admin v2 json', 'admin v1 json'],
  reproduce: `curl -i -u "$OCS_ADMIN" 'https://cloud.example.com/nc/ocs/v2.php/apps/zoo?x=1'`,
}

const VERIFICATION: Verification = {
  base: 'https://cloud.example.com/nc',
  product: 'Nextcloud',
  version: '34.0.1',
  profile: 'nextcloud-34',
  notes: ['No <credentials>.'],
  operations: [
    {
      operation: 'zoo-feed',
      app: 'zoo',
      verdict: 'skipped',
      reason: 'POST changes state',
      requests: 0,
      sawData: false,
    },
    { operation: 'zoo-look', app: 'zoo', verdict: 'deviates', requests: 12, sawData: true },
    { operation: 'farm-look', app: 'farm', verdict: 'conforms', requests: 12, sawData: true },
  ],
  findings: [FINDING, { ...FINDING, operation: 'protocol', severity: 'noted', rule: 'route' }],
  known: [],
  requests: 24,
  seconds: 1.5,
  waiting: 0.93,
}

describe('reports', () => {
  it('tell a person on a terminal the place, both sides, and the share of waiting', () => {
    const text = textReport(VERIFICATION)
    expect(text).toContain('breaks: /ocs/data/0/name (schema)')
    expect(text).toContain('expected "<b>Mo & co</b>"')
    expect(text).toContain('1 breaks, 0 differs, 0 undocumented, 1 noted. 24 requests in 1.5 s, 93 % of it waiting')
    expect(text).toContain('Skipped 1 operation: POST changes state.')
  })

  it('are one HTML file that fetches nothing and that no answer can break', () => {
    const html = htmlReport(VERIFICATION)
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)=/)
    expect(html.match(/<\/script>/g)).toHaveLength(1)
    expect(html).toContain('&lt;b&gt;Mo &amp; co&lt;/b&gt;')
    expect(html).toContain('No &lt;credentials&gt;.')
  })

  it('tell what nearly all operations have in common once, with a link that stays', () => {
    const findings = Array.from({ length: 300 }, (_, i) => ({ ...FINDING, operation: `zoo-${i}` }))
    const html = htmlReport({ ...VERIFICATION, findings })
    expect(html.match(/<details class="cause"/g)).toHaveLength(1)
    expect(html).toContain('zoo-0 and 299 others')
    const [, id] = /<details class="cause" id="([^"]+)"/.exec(html) ?? []
    expect(htmlReport({ ...VERIFICATION, findings: [...findings].slice(0, 3) })).toContain(`href="#${id}"`)
  })

  it('say in every form that a run was cut short, and of how much', async () => {
    const cutShort = '312 of 571 questions were not asked: the run was asked to end.'
    const cut = { ...VERIFICATION, findings: [], notes: [`The run was cut short: ${cutShort}`], cutShort }
    const all = [textReport(cut), htmlReport(cut), markdownReport(cut), sarifReport(cut), await junitReport(cut)]
    for (const text of all) expect(text).toContain('312 of 571 questions were not asked')
  })

  it('are JUnit with a case for each operation and a failure for each finding', async () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      isArray: (name) => /^test(suite|case)$/.test(name),
    })
    const { testsuites } = parser.parse(await junitReport(VERIFICATION)) as {
      testsuites: { testsuite: Record<string, never>[]; failures: string }
    }
    expect(testsuites).toMatchObject({ tests: '4', failures: '2' })
    expect(testsuites.testsuite.map(({ name, tests, failures, skipped }) => [name, tests, failures, skipped])).toEqual([
      ['core', '1', '1', '0'],
      ['farm', '1', '0', '0'],
      ['zoo', '2', '1', '1'],
    ])
    expect(testsuites.testsuite[2]).toMatchObject({
      testcase: [{ skipped: { message: 'POST changes state' } }, { failure: { type: 'breaks schema' } }],
    })
  })

  it('are SARIF with rules, levels and fingerprints', () => {
    const { runs } = JSON.parse(sarifReport(VERIFICATION)) as {
      runs: [{ tool: { driver: { rules: object[] } }; results: object[] }]
    }
    expect(runs[0].tool.driver.rules).toMatchObject([{ id: 'schema' }, { id: 'route' }])
    expect(runs[0].results).toMatchObject([
      {
        ruleId: 'schema',
        level: 'error',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'ocs/v2.php/apps/zoo' } } }],
        partialFingerprints: { 'ocs-mock/v1': 'zoo-look schema /ocs/data/*/name <b>Mo & co</b>' },
      },
      { level: 'note' },
    ])
  })

  it('are Markdown that fits into a comment', () => {
    const markdown = markdownReport(VERIFICATION)
    expect(markdown).toContain('| zoo |  | 1 | 1 | 1 |  |  |  |')
    expect(markdown).toContain('<details><summary>zoo: <code>zoo-look</code>, 1 breaks')
    expect(markdown).toContain('\\|')
    const everywhere = Array.from({ length: 300 }, (_, i) => ({ ...FINDING, operation: `zoo-${i}` }))
    expect(markdownReport({ ...VERIFICATION, findings: everywhere })).toContain('… and 280 more places.')
    const many = Array.from({ length: 2000 }, (_, i) => ({ ...FINDING, where: `/ocs/data/${'x'.repeat(60)}${i}x` }))
    const long = markdownReport({ ...VERIFICATION, findings: many })
    expect(long.length).toBeLessThan(65_000)
    expect(long).toMatch(/… and \d+ more causes\.\n$/)
  })
})
