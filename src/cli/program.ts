import { main } from './main.ts'
import { processIo } from './process-io.ts'

/** Run this process as `ocs-mock …`, with what was written behind its name. */
export async function runProgram(args: readonly string[]): Promise<void> {
  process.exitCode = await main(args, processIo())
}
