#!/usr/bin/env node
import { keepCompiledCode } from '#cli/compile-cache.ts'

await keepCompiledCode()
const { runProgram } = await import('#cli/program.ts')
await runProgram(process.argv.slice(2))
