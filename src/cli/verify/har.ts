import { readFile } from 'node:fs/promises'
import type { Composition } from '#compose.ts'
import { codeOf, messageOf, UserError } from '#lib/errors.ts'
import { readHar } from '#verify/traffic/har.ts'
import { targetOfTraffic } from '#verify/traffic/har-target.ts'
import { TrafficRecorder } from '#verify/traffic/traffic-recorder.ts'
import type { Io } from '../command.ts'
import { type ReportOptions, reportFindings } from './report-findings.ts'
import { type SaveOptions, saveRecording } from './save-recording.ts'

export interface HarRecordingOptions {
  readonly file: string
  /** Only requests to this server. */
  readonly url: string | undefined
  /** Whose definitions judge. */
  readonly composition: Composition
  readonly reportOptions: ReportOptions
  readonly saveOptions: SaveOptions
}

/** `ocs-mock record --har FILE`: judge what a browser saw, and keep it. */
export async function recordHar(
  { file, url, composition, reportOptions, saveOptions }: HarRecordingOptions,
  io: Io,
): Promise<number> {
  const { base, observed, skipped } = readHar(await read(file), url)
  const started = performance.now()
  const { catalogue, addedApps } = composition
  const recorder = new TrafficRecorder({ target: await targetOfTraffic(base, observed, addedApps), catalogue })
  let others = 0
  for (const one of observed) if (!(await recorder.add(one))) others++
  const verification = recorder.verification({ milliseconds: performance.now() - started, busy: 0 })
  io.err.write(`${verification.requests} requests of ${file} asked ${base} for OCS.\n`)
  if (others > 0) io.err.write(`Left out ${others}: asked for something else than OCS.\n`)
  for (const [reason, count] of skipped) io.err.write(`Left out ${count}: ${reason}.\n`)
  saveRecording(recorder.recording(), saveOptions, io)
  recorder.close()
  return reportFindings(verification, reportOptions, io)
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UserError(
      `Failed to read ${file}: ${codeOf(error) === 'ENOENT' ? 'there is no such file' : messageOf(error)}.`,
    )
  }
}
