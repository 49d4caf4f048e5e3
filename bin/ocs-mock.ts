#!/usr/bin/env node
import { keepCompiledCode } from '#cli/compile-cache.ts'
import { main } from '#cli/main.ts'
import { processIo } from '#cli/process-io.ts'

keepCompiledCode()
process.exitCode = await main(process.argv.slice(2), processIo())
