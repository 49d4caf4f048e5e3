import type { ComponentChildren } from 'preact'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly type?: 'text' | 'search' | 'email' | 'number'
  readonly list?: readonly string[]
  /** Only its label is read out; there is no room to show it. */
  readonly isBare?: boolean
  readonly isRequired?: boolean
  onInput(value: string): void
}

/** A text that can be typed, with its label and what is proposed. */
export function Field({ label, value, placeholder, type = 'text', list, isBare, isRequired, onInput }: FieldProps) {
  const listId = list && `list-${label.replace(/\W+/g, '-')}`
  return (
    <label class="field">
      <span class={isBare ? 'unseen' : ''}>{label}</span>
      <input
        type={type}
        value={value}
        placeholder={placeholder}
        list={listId}
        required={isRequired}
        autocomplete="off"
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {list && (
        <datalist id={listId}>
          {list.map((one) => (
            <option value={one} key={one} />
          ))}
        </datalist>
      )}
    </label>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  /** Values with their names. */
  readonly options: readonly (readonly [value: string, name: string])[]
  readonly isBare?: boolean
  onChange(value: string): void
}

/** One of a few. */
export function Choice({ label, value, options, isBare, onChange }: ChoiceProps) {
  return (
    <label class="field">
      <span class={isBare ? 'unseen' : ''}>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map(([one, name]) => (
          <option value={one} key={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** A text of several lines. */
export function Text({ label, value, onInput }: Pick<FieldProps, 'label' | 'value' | 'onInput'>) {
  return (
    <label class="field wide">
      <span>{label}</span>
      <textarea
        rows={6}
        value={value}
        spellcheck={false}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </label>
  )
}

/** A part of a view with its heading, and what can be done in it beside that. */
export function Card({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ComponentChildren
  children: ComponentChildren
}) {
  const id = `card-${title.replace(/\W+/g, '-').toLowerCase()}`
  return (
    <section class="card" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {aside && <div class="row">{aside}</div>}
      </div>
      {children}
    </section>
  )
}
