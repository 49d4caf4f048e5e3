import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useAnswer } from '../live.ts'
import type { TablePage, TableRow } from '../types.ts'
import { Field } from '../ui/field.tsx'

const PAGE = 50

/** One column of a table: its heading, and what it shows of a record. */
export type Column = readonly [heading: string, show: (row: TableRow) => ComponentChildren]

interface RecordsProps {
  readonly table: string
  readonly title: string
  readonly columns: readonly Column[]
  /** What there is to do about a record. */
  readonly actions?: (row: TableRow) => ComponentChildren
  /** What adds one. */
  readonly add?: ComponentChildren
  /** What to say where there are none. */
  readonly empty: string
}

/** Records of one kind, a page at a time, with a search over all of them. */
export function Records({ table, title, columns, actions, add, empty }: RecordsProps) {
  const [text, setText] = useState('')
  const [offset, setOffset] = useState(0)
  const query = new URLSearchParams({ text, offset: String(offset), limit: String(PAGE) })
  const page = useAnswer<TablePage>(`/tables/${table}?${query}`)
  const search = (value: string) => {
    setText(value)
    setOffset(0)
  }
  return (
    <>
      <div class="toolbar">
        <Field
          label={`Search ${title}`}
          type="search"
          placeholder={`Search ${/^[A-Z].*[A-Z]/.test(title) ? title : title.toLowerCase()}`}
          value={text}
          isBare
          onInput={search}
        />
        {add}
      </div>
      {page !== null && page.found === 0 ? (
        <div class="empty">
          <p>{page.total === 0 ? empty : `None of ${page.total.toLocaleString('en')} has “${text}” in it.`}</p>
        </div>
      ) : (
        <section class="scroll" aria-label={title} tabIndex={-1}>
          <table>
            <thead>
              <tr>
                {columns.map(([heading]) => (
                  <th key={heading} scope="col">
                    {heading}
                  </th>
                ))}
                {actions && (
                  <th scope="col">
                    <span class="unseen">What can be done</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {page?.records.map((row) => (
                <tr key={row.key}>
                  {columns.map(([heading, show]) => (
                    <td key={heading} data-heading={heading}>
                      {show(row)}
                    </td>
                  ))}
                  {actions && (
                    <td>
                      <div class="row end">{actions(row)}</div>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {page !== null && page.found > PAGE && (
        <div class="row">
          <button type="button" disabled={offset === 0} onClick={() => setOffset(offset - PAGE)}>
            Earlier
          </button>
          <span class="dim" aria-live="polite">
            {(offset + 1).toLocaleString('en')}–{Math.min(offset + PAGE, page.found).toLocaleString('en')} of{' '}
            {page.found.toLocaleString('en')}
          </span>
          <button type="button" disabled={offset + PAGE >= page.found} onClick={() => setOffset(offset + PAGE)}>
            Later
          </button>
        </div>
      )}
    </>
  )
}

/** A member of a record, as a text. */
export const text =
  (member: string) =>
  ({ record }: TableRow): string => {
    const value = record[member]
    return value === null || value === undefined
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)
  }
