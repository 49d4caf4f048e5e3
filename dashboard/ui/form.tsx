import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { act } from './act.ts'
import { Dialog } from './dialog.tsx'
import { Choice, Field } from './field.tsx'

/** One thing that a form asks for. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly placeholder?: string
  readonly isRequired?: boolean
  /** What it can be; default: any text. */
  readonly options?: readonly (readonly [value: string, name: string])[]
  /** What stands in it at first; default: nothing, or the first option. */
  readonly value?: string
}

/** What was typed and chosen, by the names of the fields. */
export type Given = Readonly<Record<string, string>>

interface FormProps {
  readonly title: string
  /** What the button says. */
  readonly action: string
  readonly fields: readonly FormField[]
  /** What is said above them. */
  readonly note?: ComponentChildren
  /** What is done with what was given. */
  submit(given: Given): unknown
  /** What is said when it is done. */
  said(given: Given): string
  onClose(): void
}

/** A dialog that asks for a few texts and does something with them. */
export function Form({ title, action, fields, note, submit, said, onClose }: FormProps) {
  const [given, setGiven] = useState<Given>(() =>
    Object.fromEntries(fields.map(({ name, value, options }) => [name, value ?? options?.[0]?.[0] ?? ''])),
  )
  return (
    <Dialog title={title} action={action} onDone={() => act(() => submit(given), said(given))} onClose={onClose}>
      {note !== undefined && <p class="dim break">{note}</p>}
      {fields.map(({ name, options, ...field }) => {
        const value = given[name] ?? ''
        const onInput = (next: string) => setGiven({ ...given, [name]: next })
        return options ? (
          <Choice key={name} {...field} value={value} options={options} onChange={onInput} />
        ) : (
          <Field key={name} {...field} value={value} onInput={onInput} />
        )
      })}
    </Dialog>
  )
}
