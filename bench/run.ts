/**
 * Benchmarks of the built package, each beside a peer in the same run: ratios hold on a noisy machine, times do not.
 *
 * usage: npm run bench [-- throughput | cold-start | page-weight | intercept | scale | xml | dashboard] …
 * Exit code 1: a goal was missed.
 */
import { coldStart } from './cold-start.ts'
import { dashboard } from './dashboard.ts'
import { intercept } from './intercept.ts'
import { pageWeight } from './page-weight.ts'
import { scale } from './scale.ts'
import type { Figure } from './support.ts'
import { throughput } from './throughput.ts'
import { xml } from './xml.ts'

const BENCHMARKS: Readonly<Record<string, () => Promise<Figure[]>>> = {
  throughput,
  'cold-start': coldStart,
  'page-weight': pageWeight,
  intercept,
  scale,
  xml,
  dashboard,
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !Object.hasOwn(BENCHMARKS, name))
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}". There are: ${Object.keys(BENCHMARKS).join(', ')}.`)
  process.exit(2)
}

let missed = 0
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name}`)
  for (const { name, value, goal, met } of await run()) {
    const judged = goal === null ? '' : `  goal: ${goal}${met ? '' : '  MISSED'}`
    console.log(`  ${name.padEnd(62)} ${value.padEnd(22)}${judged}`.trimEnd())
    if (!met) missed++
  }
}
process.exitCode = missed === 0 ? 0 : 1
