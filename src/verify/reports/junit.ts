import { create } from 'xmlbuilder2'
import type { Finding } from '../finding.ts'
import type { OperationResult, Verification } from '../verification.ts'
import { labelsOf } from './labels.ts'

/** What a CI reads: a suite for each app, a test case for each operation, a failure for each finding. */
export function junitReport(verification: Verification): string {
  const { operations, findings, seconds } = verification
  const labels = labelsOf(verification)
  const all = withProtocol(operations, findings)
  const suites = [...new Set(all.map(({ app }) => app))].sort()
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', {
    name: labels.title,
    tests: String(all.length),
    failures: String(new Set(findings.map(({ operation }) => operation)).size),
    time: seconds.toFixed(3),
  })
  for (const app of suites) {
    const own = all.filter((result) => result.app === app)
    const failed = own.filter(({ operation }) => findings.some((finding) => finding.operation === operation))
    const suite = root.ele('testsuite', {
      name: app,
      tests: String(own.length),
      failures: String(failed.length),
      skipped: String(own.filter(({ verdict }) => verdict === 'skipped').length),
    })
    for (const { operation, reason } of own) {
      const test = suite.ele('testcase', { name: operation, classname: app })
      if (reason !== undefined) test.ele('skipped', { message: printable(reason) })
      for (const finding of findings) {
        if (finding.operation !== operation) continue
        const { severity, rule, where, expected, got, seen, reproduce } = finding
        const message = `${where === '' ? 'body' : where}: ${labels.expected} ${expected}, ${labels.got} ${got}`
        const text = `${message}\nseen ${seen.join(', ')}\n${reproduce}`
        test.ele('failure', { type: `${severity} ${rule}`, message: printable(message) }).txt(printable(text))
      }
    }
  }
  return `${root.end({ prettyPrint: true })}\n`
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

/** XML knows no control characters, and a server may send some. */
const printable = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
