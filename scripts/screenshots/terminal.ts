import type { Browser } from 'playwright'
import { painter } from '#cli/colour.ts'
import { requestLine } from '#cli/request-log.ts'
import type { OcsMock } from '#mock.ts'

const COLUMNS = 80

/** What a terminal of 80 columns shows of the requests that came, in colour. */
export function logOf(mock: OcsMock): string {
  const paint = painter({ isTerminal: true }, {})
  const lines = mock.journal
    .last(Number.POSITIVE_INFINITY)
    .map((entry) => requestLine(entry, { columns: COLUMNS, paint }))
  return `$ npx ocs-mock serve\n${lines.join('')}`
}

/** What a terminal shows of some commands, in colour. */
export async function occOf(mock: OcsMock, lines: readonly string[]): Promise<string> {
  let all = ''
  for (const line of lines) {
    const { stdout, stderr } = await mock.occ(`${line} --ansi`, { env: { COLUMNS: String(COLUMNS) } })
    all += `$ ocs-mock occ ${line}\n${stdout}${stderr}`
  }
  return all
}

/** A picture of a terminal with that text, as PNG. */
export async function terminalPicture(browser: Browser, text: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 760, height: 400 } })
  await page.setContent(`<style>${STYLE}</style><pre>${toHtml(text)}</pre>`)
  const picture = await page.locator('pre').screenshot()
  await page.close()
  return picture
}

const STYLE = `
body { margin: 0; background: #14161a }
pre { margin: 0; padding: 16px; width: ${COLUMNS}ch; color: #e8eaed; background: #14161a; white-space: pre-wrap;
  font: 14px/1.4 ui-monospace, monospace }`

/** The colours of ANSI that are used: the log's, and those of Symfony's console. */
const STYLES: Readonly<Record<string, string>> = {
  1: 'font-weight:700',
  2: 'color:#a3adb8',
  31: 'color:#ff9388',
  32: 'color:#74d394',
  33: 'color:#f0c674',
  36: 'color:#7fd4e0',
  37: 'color:#ffffff',
  41: 'background:#7c2018',
}

function toHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  let open = 0
  const html = escaped.replace(/\u001b\[([\d;]*)m/g, (_, codes: string) => {
    const styles = codes.split(';').flatMap((code) => STYLES[code] ?? [])
    if (styles.length > 0) open++
    else if (open === 0) return ''
    else return open-- > 0 ? '</span>' : ''
    return `<span style="${styles.join(';')}">`
  })
  return html + '</span>'.repeat(open)
}
