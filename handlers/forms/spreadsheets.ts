import { zip } from '#dav/archive.ts'
import type { Cell } from './result-columns.ts'

/** A table: its head, then a row a submission. */
type Rows = readonly (readonly Cell[])[]

const encode = (text: string) => new TextEncoder().encode(text)
const textOf = (cell: Cell) => (cell === null ? '' : typeof cell === 'object' ? cell.label : String(cell))

/** All rows as wide as the widest. */
function widened(rows: Rows): Cell[][] {
  const width = Math.max(...rows.map((row) => row.length))
  return rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => null)])
}

/** Every cell in quotes, in front of all a byte order mark. What a spreadsheet would take for a formula is quoted. */
export function csvOf(rows: Rows): Uint8Array {
  const line = (row: readonly Cell[], i: number) =>
    row.map((cell) => `"${(i === 0 ? textOf(cell) : harmless(cell)).replaceAll('"', '""')}"`).join(',')
  return encode(`\uFEFF${widened(rows).map(line).join('\n')}\n`)
}

const harmless = (cell: Cell) => (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : textOf(cell))

const escapeXml = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)

/** A text that says the same as a number. Those that begin with a sign are none. */
const numberIn = (cell: Cell): number | null =>
  typeof cell === 'number'
    ? cell
    : typeof cell === 'string' && /^\d/.test(cell) && String(Number(cell)) === cell
      ? Number(cell)
      : null

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
const OFFICE = 'urn:oasis:names:tc:opendocument:xmlns'

/** An OpenDocument spreadsheet with one table. @param at when it is written, in seconds since 1970 */
export function odsOf(rows: Rows, at: number): Uint8Array {
  const cell = (value: Cell, i: number) => {
    const number = i === 0 ? null : numberIn(value)
    const kind = number === null ? 'office:value-type="string"' : `office:value-type="float" office:value="${number}"`
    const text = escapeXml(textOf(value))
    const shown =
      typeof value === 'object' && value !== null
        ? `<text:a xlink:href="${escapeXml(value.url)}">${text}</text:a>`
        : text
    return value === null
      ? '<table:table-cell/>'
      : `<table:table-cell ${kind}><text:p>${shown}</text:p></table:table-cell>`
  }
  const table = widened(rows)
    .map((row, i) => `<table:table-row>${row.map((value) => cell(value, i)).join('')}</table:table-row>`)
    .join('')
  const names = ['office', 'table', 'text'].map((name) => `xmlns:${name}="${OFFICE}:${name}:1.0"`).join(' ')
  const content = `${HEAD}<office:document-content ${names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Worksheet">${table}</table:table></office:spreadsheet></office:body></office:document-content>`
  const type = 'application/vnd.oasis.opendocument.spreadsheet'
  const manifest = `${HEAD}<manifest:manifest xmlns:manifest="${OFFICE}:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`
  return archive({ mimetype: type, 'content.xml': content, 'META-INF/manifest.xml': manifest }, at)
}

const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** An Office Open XML workbook with one sheet. @param at when it is written, in seconds since 1970 */
export function xlsxOf(rows: Rows, at: number): Uint8Array {
  const cell = (value: Cell, i: number) => {
    const number = i === 0 ? null : numberIn(value)
    if (number !== null) return `<c><v>${number}</v></c>`
    return value === null
      ? '<c/>'
      : `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(textOf(value))}</t></is></c>`
  }
  const sheet = widened(rows)
    .map((row, i) => `<row>${row.map((value) => cell(value, i)).join('')}</row>`)
    .join('')
  const relation = (kind: string, target: string) =>
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/${kind}" Target="${target}"/></Relationships>`
  return archive(
    {
      '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
      '_rels/.rels': relation('officeDocument', 'xl/workbook.xml'),
      'xl/workbook.xml': `${HEAD}<workbook xmlns="${SHEET}" xmlns:r="${RELATIONS}"><sheets><sheet name="Worksheet" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': relation('worksheet', 'worksheets/sheet1.xml'),
      'xl/worksheets/sheet1.xml': `${HEAD}<worksheet xmlns="${SHEET}"><sheetData>${sheet}</sheetData></worksheet>`,
    },
    at,
  )
}

const archive = (parts: Readonly<Record<string, string>>, mtime: number) =>
  zip(Object.entries(parts).map(([name, text]) => ({ name, mtime, bytes: encode(text) })))
