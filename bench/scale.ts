import { type Figure, plainFigure, ratioFigure, runProcess } from './support.ts'

const FEW = 100
const MANY = 100_000

/** Requests and worlds with 100,000 accounts, beside the same with 100. */
export async function scale(): Promise<Figure[]> {
  const measured = await runProcess('scale.mjs', [JSON.stringify({ sizes: [FEW, MANY] })])
  const times: Record<string, Record<string, number>> = JSON.parse(measured)
  return Object.keys(times[FEW]!).flatMap((name) => {
    const few = times[FEW]![name]!
    const many = times[MANY]![name]!
    return [
      ratioFigure(`${name} among ${MANY} accounts, beside ${FEW}`, [many / few], { atMost: 2 }),
      plainFigure(`  ${name}`, `${Math.round(many)} µs, ${Math.round(few)} µs`),
    ]
  })
}
