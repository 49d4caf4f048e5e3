import { useAnswer } from '../live.ts'
import { hrefOf, type Place } from '../route.ts'
import { Records } from './records.tsx'

/** Everything that the world keeps, an app's own tables too. */
export function AllTables({ place }: { place: Place }) {
  const answer = useAnswer<{ readonly tables: readonly { readonly name: string; readonly size: number }[] }>('/tables')
  const open = place.path[2]
  if (open !== undefined) {
    return (
      <>
        <p>
          <a href={hrefOf(['world', 'tables'])}>All tables</a> / <strong>{open}</strong>
        </p>
        <Records
          key={open}
          table={open}
          title={open}
          empty={`There is nothing in ${open}.`}
          columns={[
            ['Key', ({ key }) => <strong class="break">{key}</strong>],
            ['Record', ({ record }) => <code class="break">{JSON.stringify(record)}</code>],
          ]}
        />
      </>
    )
  }
  const tables = answer?.tables ?? []
  return (
    <>
      <ul class="tiles">
        {tables
          .filter(({ size }) => size > 0)
          .map(({ name, size }) => (
            <li key={name}>
              <a class="tile" href={hrefOf(['world', 'tables', name])}>
                {name} <span class="dim">{size.toLocaleString('en')}</span>
              </a>
            </li>
          ))}
      </ul>
      <p class="dim">
        Empty:{' '}
        {tables
          .filter(({ size }) => size === 0)
          .map(({ name }) => name)
          .join(', ')}
      </p>
    </>
  )
}
