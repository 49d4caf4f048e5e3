import { useEffect, useState } from 'preact/hooks'

/** Where the page is: `#/requests/42?status=4xx`. */
export interface Place {
  /** Segments of the path: the view, and what of it is open. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
}

function read(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  const segments = path.split('/').filter((segment) => segment !== '')
  return { path: segments.map(decodeURIComponent), query: new URLSearchParams(query) }
}

/** The address of a place. Parts of the query that are empty are left out. */
export function hrefOf(path: readonly string[], query: Readonly<Record<string, string>> = {}): string {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  return `#/${path.map(encodeURIComponent).join('/')}${given.size > 0 ? `?${given}` : ''}`
}

/** Go to a place. @param replaces it is the same page, of which more or less is shown */
export function go(path: readonly string[], query: Readonly<Record<string, string>> = {}, replaces = false): void {
  if (replaces) {
    history.replaceState(null, '', hrefOf(path, query))
    dispatchEvent(new HashChangeEvent('hashchange'))
  } else location.hash = hrefOf(path, query)
}

/** Where the page is, as it changes. */
export function usePlace(): Place {
  const [place, setPlace] = useState(read)
  useEffect(() => {
    const listen = () => setPlace(read())
    addEventListener('hashchange', listen)
    return () => removeEventListener('hashchange', listen)
  }, [])
  return place
}
