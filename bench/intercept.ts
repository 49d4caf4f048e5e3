import { type Figure, median, plainFigure, ratioFigure, runProcess } from './support.ts'

const ROUNDS = 15
const REQUESTS = 300

/** CPU time of one fetch in a test, beside MSW with one static handler that answers the same. */
export async function intercept(): Promise<Figure[]> {
  const measured = await runProcess('intercept.mjs', [JSON.stringify({ rounds: ROUNDS, requests: REQUESTS })])
  const times: Record<'static' | 'ours' | 'direct' | 'platform', number[]> = JSON.parse(measured)
  const beside = (name: 'ours' | 'direct') => times[name].map((time, i) => time / times.static[i]!)
  const shown = (name: keyof typeof times) => `${Math.round(median(times[name]))} µs`
  return [
    ratioFigure('an intercepted fetch, beside MSW with one static handler', beside('ours'), { atMost: 1.15 }),
    ratioFigure('ocs.fetch, beside MSW with one static handler', beside('direct'), { atMost: 0.1 }),
    plainFigure('  MSW with one static handler', shown('static')),
    plainFigure('  MSW with ours', shown('ours')),
    plainFigure('  ocs.fetch', shown('direct')),
    plainFigure('  new Request, new Response and text() alone', shown('platform')),
  ]
}
