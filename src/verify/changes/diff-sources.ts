import { existsSync } from 'node:fs'
import { UserError } from '#lib/errors.ts'
import { recordNow } from '../record.ts'
import { isRecording, type Recording, readRecording } from '../recording.ts'
import type { Verification, VerifyOptions } from '../verification.ts'
import { diff } from './diff.ts'
import { repeatRecording } from './repeat-recording.ts'

/** One of two that are compared: what was recorded, or whom to ask. */
export type DiffSource = { readonly recording: Recording } | { readonly server: VerifyOptions }

/** A folder with a recording, or the address of a server. @throws UserError */
export function readDiffSource(text: string, optionsFor: (url: string) => VerifyOptions): DiffSource {
  if (isRecording(text)) return { recording: readRecording(text) }
  if (!/^https?:\/\//i.test(text) && existsSync(text))
    throw new UserError(
      `Failed to find a recording in "${text}". Make one with "ocs-mock record URL --to ${text} --update".`,
    )
  return { server: optionsFor(text) }
}

const NOTHING_SPENT = { requests: 0, milliseconds: 0, busy: 0 }

/** What changed from one to the other. A server is asked what the other one was asked. */
export async function diffSources(before: DiffSource, after: DiffSource): Promise<Verification> {
  if ('recording' in before && 'recording' in after)
    return diff({ before: before.recording, after: after.recording, spent: NOTHING_SPENT })
  if ('recording' in before && 'server' in after) {
    const again = await repeatRecording(before.recording, after.server)
    return diff({
      before: again.before,
      after: again.recording,
      notes: again.notes,
      spent: again,
      address: after.server.url,
    })
  }
  if ('server' in before && 'recording' in after) {
    const again = await repeatRecording(after.recording, before.server)
    return diff({ before: again.recording, after: again.before, notes: again.notes, spent: again })
  }
  return compareServers(before as { server: VerifyOptions }, after as { server: VerifyOptions })
}

/** One after the other: both may be on one machine. */
async function compareServers(
  before: { server: VerifyOptions },
  after: { server: VerifyOptions },
): Promise<Verification> {
  const old = await recordNow(before.server)
  const now = await recordNow(after.server)
  const spent = {
    requests: old.requests + now.requests,
    milliseconds: old.milliseconds + now.milliseconds,
    busy: old.busy + now.busy,
  }
  return diff({ before: old.recording, after: now.recording, spent, address: after.server.url })
}
