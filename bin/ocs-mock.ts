#!/usr/bin/env node
import { keepCompiledCode } from '../src/cli/compile-cache.ts'
import { main } from '../src/cli/main.ts'
import { processIo } from '../src/cli/process-io.ts'

keepCompiledCode()
process.exitCode = await main(process.argv.slice(2), processIo())
