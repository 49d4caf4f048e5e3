#!/usr/bin/env node
import { keepCompiledCode } from '#cli/compile-cache.ts'
import { platformProblem } from '#lib/platform.ts'

const problem = platformProblem()
if (problem === null) {
  await keepCompiledCode()
  const { runProgram } = await import('#cli/program.ts')
  await runProgram(process.argv.slice(2))
} else {
  console.error(`ocs-mock: ${problem}`)
  process.exitCode = 2
}
