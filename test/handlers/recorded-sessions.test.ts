import { describe, expect, it } from 'vitest'
import { recordedSessions, replaySession } from '../support/recorded-sessions.ts'

describe.each(['forms', 'notes'])('recorded sessions of %s', (app) => {
  it.each(recordedSessions(app))('$name', { timeout: 60_000 }, async (session) => {
    expect(session.steps.length).toBeGreaterThan(10)
    expect(await replaySession(app, session)).toEqual([])
  })
})
