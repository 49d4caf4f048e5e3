import { element, writeXml, type XmlElement } from '#lib/write-xml.ts'
import type { Finding } from '../finding.ts'
import type { OperationResult, Verification } from '../verification.ts'
import { labelsOf } from './labels.ts'

/** What a CI reads: a suite for each app, a test case for each operation, a failure for each finding. */
export function junitReport(verification: Verification): Promise<string> {
  const { operations, findings, seconds } = verification
  const all = withProtocol(operations, findings)
  const apps = [...new Set(all.map(({ app }) => app))].sort()
  const { cutShort } = verification
  const totals = {
    name: labelsOf(verification).title,
    tests: String(all.length + (cutShort === undefined ? 0 : 1)),
    ...(cutShort === undefined ? {} : { errors: '1' }),
    failures: String(new Set(findings.map(({ operation }) => operation)).size),
    time: seconds.toFixed(3),
  }
  const suites = apps.map((app) =>
    suiteOf(
      app,
      all.filter((result) => result.app === app),
      verification,
    ),
  )
  if (cutShort !== undefined) suites.unshift(suiteOfRun(cutShort))
  return writeXml(element('testsuites', totals, suites))
}

/** That not everything was asked is an error of the run, and no failure of an operation. */
const suiteOfRun = (message: string): XmlElement =>
  element('testsuite', { name: 'run', tests: '1', failures: '0', errors: '1' }, [
    element('testcase', { name: 'everything is asked', classname: 'run' }, [
      element('error', { type: 'cut-short', message }, message),
    ]),
  ])

function suiteOf(app: string, results: readonly OperationResult[], verification: Verification): XmlElement {
  const { findings } = verification
  const failed = results.filter(({ operation }) => findings.some((finding) => finding.operation === operation))
  const totals = {
    name: app,
    tests: String(results.length),
    failures: String(failed.length),
    skipped: String(results.filter(({ verdict }) => verdict === 'skipped').length),
  }
  const cases = results.map(({ operation, reason }) =>
    element('testcase', { name: operation, classname: app }, [
      ...(reason === undefined ? [] : [element('skipped', { message: reason })]),
      ...findings
        .filter((finding) => finding.operation === operation)
        .map((finding) => failureOf(finding, verification)),
    ]),
  )
  return element('testsuite', totals, cases)
}

function failureOf(finding: Finding, verification: Verification): XmlElement {
  const { severity, rule, where, expected, got, seen, reproduce } = finding
  const labels = labelsOf(verification)
  const message = `${where === '' ? 'body' : where}: ${labels.expected} ${expected}, ${labels.got} ${got}`
  const text = `${message}\nseen ${seen.join(', ')}\n${reproduce}`
  return element('failure', { type: `${severity} ${rule}`, message }, text)
}

/** Findings about the protocol belong to no operation, and get a test case too. */
function withProtocol(operations: readonly OperationResult[], findings: readonly Finding[]): OperationResult[] {
  const known = new Set(operations.map(({ operation }) => operation))
  const others = [...new Set(findings.map(({ operation }) => operation))].filter((operation) => !known.has(operation))
  return [
    ...operations,
    ...others.map(
      (operation): OperationResult => ({ operation, app: 'core', verdict: 'deviates', requests: 0, sawData: false }),
    ),
  ]
}
