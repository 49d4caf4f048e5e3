import { describe, expect, it } from 'vitest'
import * as statuses from '#world/accounts/statuses.ts'
import { World } from '#world/world.ts'
import { shipped } from '../../support/catalogue.ts'

const newWorld = () => {
  const world = new World(shipped.catalogue.rules)
  world.clock.freeze('2026-03-01T12:00:00Z')
  return world
}

describe('one emoji', () => {
  it.each(['🎉', '👨‍👩‍👧', '🇩🇪', '1️⃣', '❤', '❤️', '👍🏽', '©'])('%s is one', (text) => {
    expect(statuses.isSingleEmoji(text)).toBe(true)
  })

  it.each(['', ' ', 'a', '1', '#', '🎉🎉', '🎉!'])('%j is none', (text) => {
    expect(statuses.isSingleEmoji(text)).toBe(false)
  })
})

describe('an automatic status', () => {
  const meeting = { status: 'busy', messageId: 'meeting', keepBackup: true } as const

  it('keeps what it replaced, and gives it back', () => {
    const world = newWorld()
    statuses.setType(world, 'alice', 'dnd')
    statuses.setAutomatic(world, 'alice', meeting)
    expect(statuses.find(world, 'alice', [])).toMatchObject({ status: 'busy', messageId: 'meeting' })
    expect(statuses.revert(world, 'alice', 'meeting')).toMatchObject({ status: 'dnd', messageId: null })
    expect(statuses.find(world, '_alice', [])).toBeUndefined()
  })

  it('does not replace another automatic one', () => {
    const world = newWorld()
    statuses.setType(world, 'alice', 'dnd')
    statuses.setAutomatic(world, 'alice', meeting)
    expect(statuses.setAutomatic(world, 'alice', { ...meeting, messageId: 'call' })).toBe('already-automatic')
  })

  it('gives nothing back under another message, or after its owner spoke', () => {
    const world = newWorld()
    statuses.setType(world, 'alice', 'dnd')
    statuses.setAutomatic(world, 'alice', meeting)
    expect(statuses.revert(world, 'alice', 'call')).toBeNull()
    statuses.setType(world, 'alice', 'away')
    expect(statuses.revert(world, 'alice', 'meeting')).toBeNull()
  })

  it('brings an absent owner back online', () => {
    const world = newWorld()
    statuses.setMessage(world, 'alice', { messageId: null, message: 'Hi', icon: null, clearAt: null })
    statuses.setAutomatic(world, 'alice', meeting)
    expect(statuses.revert(world, 'alice', 'meeting')).toMatchObject({ status: 'online', message: 'Hi' })
  })
})

describe('recent statuses', () => {
  it('are those with something to tell, the latest first', () => {
    const world = newWorld()
    const say = (userId: string, message: string) =>
      statuses.setMessage(world, userId, { messageId: null, message, icon: null, clearAt: null })
    say('alice', 'first')
    world.clock.advance('1m')
    say('bob', 'second')
    statuses.setType(world, 'carol', 'online')
    expect(statuses.recent(world, [], 10).map(({ userId }) => userId)).toEqual(['bob', 'alice'])
  })
})

describe('a stale status', () => {
  it('becomes offline after a quarter of an hour unless it was chosen, and keeps its message', () => {
    const world = newWorld()
    statuses.setType(world, 'alice', 'online')
    statuses.setMessage(world, 'alice', { messageId: null, message: 'Hi', icon: null, clearAt: null })
    statuses.setType(world, 'bob', 'away')
    world.clock.advance('16m')
    expect(statuses.find(world, 'alice', [])).toMatchObject({ status: 'offline', isUserDefined: false, message: 'Hi' })
    expect(statuses.find(world, 'bob', [])).toMatchObject({ status: 'away' })
  })
})

describe('a status that ended', () => {
  const ended = () => {
    const world = newWorld()
    statuses.setType(world, 'alice', 'dnd')
    const clearAt = world.clock.seconds() + 60
    statuses.setMessage(world, 'alice', { messageId: null, message: 'Hi', icon: null, clearAt })
    world.clock.advance('2m')
    return world
  }

  it('is no longer said, however often somebody reads it', () => {
    const world = ended()
    const before = world.dump()
    const said = { status: 'offline', message: null }
    expect(statuses.find(world, 'alice', [])).toMatchObject(said)
    expect(statuses.list(world, [])).toMatchObject([said])
    expect(statuses.recent(world, [], 10)).toMatchObject([said])
    expect(world.dump()).toEqual(before)
  })

  it('is taken back for good once somebody asked for it: a later change begins from there', () => {
    const [asked, silent] = [ended(), ended()]
    statuses.settle(asked, ['alice', 'nobody'])
    for (const world of [asked, silent]) statuses.setType(world, 'alice', 'away')
    expect(statuses.find(asked, 'alice', [])).toMatchObject({ status: 'away', message: null })
    expect(statuses.find(silent, 'alice', [])).toMatchObject({ status: 'offline', message: null })
  })
})
