import { UserError } from '#lib/errors.ts'
import type { Verification } from '../verification.ts'
import { htmlReport } from './html.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown.ts'
import { sarifReport } from './sarif.ts'

type Render = (verification: Verification) => string | Promise<string>

interface Kind {
  readonly extension: string
  readonly render: Render
}

const KINDS: Readonly<Record<string, Kind>> = {
  html: { extension: 'html', render: htmlReport },
  json: { extension: 'json', render: (verification) => `${JSON.stringify(verification, null, 2)}\n` },
  junit: { extension: 'xml', render: junitReport },
  sarif: { extension: 'sarif', render: sarifReport },
  markdown: { extension: 'md', render: markdownReport },
}

/** A report to be written: where, and how it is made. */
export interface WantedReport {
  readonly file: string
  readonly render: Render
}

/**
 * A report by its kind (`html` is written to `ocs-mock-report.html`) or by the name of its file.
 * @throws UserError that lists the kinds
 */
export function wantedReport(wanted: string): WantedReport {
  const byKind = Object.hasOwn(KINDS, wanted) ? KINDS[wanted] : undefined
  if (byKind) return { file: `ocs-mock-report.${byKind.extension}`, render: byKind.render }
  const extension = /\.([^./\\]+)$/.exec(wanted)?.[1]?.toLowerCase()
  const byFile = Object.values(KINDS).find((kind) => kind.extension === extension)
  if (byFile) return { file: wanted, render: byFile.render }
  const endings = Object.values(KINDS).map((kind) => `.${kind.extension}`)
  throw new UserError(
    `Failed to read --report "${wanted}": write ${Object.keys(KINDS).join(', ')}, or a file that ends in ${endings.join(', ')}.`,
  )
}
