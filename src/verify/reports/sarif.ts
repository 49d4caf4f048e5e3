import { VERSION } from '#version.ts'
import { type Finding, keyOf, type Rule, type Severity } from '../finding.ts'
import type { Verification } from '../verification.ts'
import { causesOf } from './causes.ts'
import { labelsOf, type ReportLabels } from './labels.ts'

const LEVELS: Readonly<Record<Severity, string>> = {
  breaks: 'error',
  differs: 'warning',
  undocumented: 'note',
  noted: 'note',
}

const RULES: Readonly<Record<Rule, string>> = {
  'well-formed': 'A body can be read',
  'http-status': 'The HTTP status follows from the OCS status',
  'content-type': 'A body is called what it is',
  envelope: 'The meta of an answer is complete and consistent',
  access: 'Only those may call who may',
  route: 'Routes exist that are defined, and no others answer',
  input: 'Parameters of wrong types are refused',
  schema: 'Data has the shape that is defined',
  failure: 'Failures have the codes that are declared',
  'server-error': 'No request makes the server crash',
  xml: 'XML is what the JSON of the same call encodes to',
  'versions-agree': 'v1 and v2 say the same',
  'unknown-parameter': 'A parameter that nobody knows changes nothing',
  limit: 'A limit limits, and an offset skips',
  order: 'A list comes in its order',
  header: 'Headers that clients read are there',
  state: 'A change has the effect that the model predicts',
  contract: 'Answers are what the tests of consumers saw',
  unanswered: 'Every request gets an answer',
  removed: 'What clients know stays',
  added: 'Something new is there',
  changed: 'What clients know stays as it is',
}

/** SARIF 2.1.0, what code scanning reads. The place of a finding is its operation's address. */
export function sarifReport(verification: Verification): string {
  const { findings, base, cutShort } = verification
  const labels = labelsOf(verification)
  const causes = new Map(
    causesOf(verification).flatMap(({ id, findings: own }) => own.map((one) => [one, id] as const)),
  )
  const used = [...new Set(findings.map(({ rule }) => rule))]
  const driver = {
    name: 'ocs-mock',
    version: VERSION,
    rules: used.map((id) => ({ id, shortDescription: { text: RULES[id] } })),
  }
  const invocation = {
    executionSuccessful: cutShort === undefined,
    ...(cutShort === undefined
      ? {}
      : { toolExecutionNotifications: [{ level: 'warning', message: { text: cutShort } }] }),
  }
  const run = {
    tool: { driver },
    invocations: [invocation],
    results: findings.map((finding) => result(finding, base, labels, causes.get(finding))),
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${JSON.stringify(log, null, 2)}\n`
}

function result(finding: Finding, base: string, labels: ReportLabels, cause: string | undefined) {
  const { operation, rule, severity, where, expected, got, seen, reproduce } = finding
  const text = `${operation} at ${where === '' ? 'body' : where}: ${labels.expected} ${expected}, ${labels.got} ${got} (${seen.join(', ')})`
  const target = new RegExp(`'${escapeRegExp(base)}/?([^'?]*)`).exec(reproduce)?.[1]
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: target || operation } },
        logicalLocations: [{ name: where, fullyQualifiedName: operation, kind: 'member' }],
      },
    ],
    partialFingerprints: {
      'ocs-mock/v1': keyOf(finding),
      ...(cause === undefined ? {} : { 'ocs-mock-cause/v1': cause }),
    },
    properties: { severity, expected, got, seen, reproduce },
  }
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
