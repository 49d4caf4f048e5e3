import { existsSync } from 'node:fs'
import { UserError } from '#lib/errors.ts'
import { recordNow } from '../record.ts'
import { isRecording, type Recording, readRecording } from '../recording.ts'
import type { Verification, VerifyOptions } from '../run.ts'
import { askAgain } from './ask-again.ts'
import { diff } from './diff.ts'

/** One of two that are compared: what was recorded, or whom to ask. */
export type Side = { readonly recording: Recording } | { readonly asking: VerifyOptions }

/** A folder with a recording, or the address of a server. @throws UserError */
export function readSide(text: string, asking: (url: string) => VerifyOptions): Side {
  if (isRecording(text)) return { recording: readRecording(text) }
  if (!/^https?:\/\//i.test(text) && existsSync(text))
    throw new UserError(
      `Failed to find a recording in "${text}". Make one with "ocs-mock record URL --to ${text} --update".`,
    )
  return { asking: asking(text) }
}

const NOTHING_SPENT = { requests: 0, milliseconds: 0, busy: 0 }

/** What changed from one to the other. A server is asked what the other one was asked. */
export async function compareSides(before: Side, after: Side): Promise<Verification> {
  if ('recording' in before && 'recording' in after)
    return diff({ before: before.recording, after: after.recording, spent: NOTHING_SPENT })
  if ('recording' in before && 'asking' in after) {
    const again = await askAgain(before.recording, after.asking)
    return diff({
      before: again.before,
      after: again.recording,
      notes: again.notes,
      spent: again,
      address: after.asking.url,
    })
  }
  if ('asking' in before && 'recording' in after) {
    const again = await askAgain(after.recording, before.asking)
    return diff({ before: again.recording, after: again.before, notes: again.notes, spent: again })
  }
  return compareServers(before as { asking: VerifyOptions }, after as { asking: VerifyOptions })
}

/** One after the other: both may be on one machine. */
async function compareServers(
  before: { asking: VerifyOptions },
  after: { asking: VerifyOptions },
): Promise<Verification> {
  const old = await recordNow(before.asking)
  const now = await recordNow(after.asking)
  const spent = {
    requests: old.requests + now.requests,
    milliseconds: old.milliseconds + now.milliseconds,
    busy: old.busy + now.busy,
  }
  return diff({ before: old.recording, after: now.recording, spent, address: after.asking.url })
}
