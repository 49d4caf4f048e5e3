import { tableKey, type World } from './world.ts'

/** An app password, or the token behind a browser's session. */
export interface Token {
  readonly id: number
  readonly token: string
  readonly userId: string
  readonly loginName: string
  readonly name: string
  readonly type: 'app-password' | 'session'
  readonly createdAt: number
  readonly lastActivity: number
  /** The device is to wipe what it holds. */
  readonly wipe?: boolean
}

export const tokensTable = tableKey<Token>('tokens')

export function find(world: World, token: string): Token | undefined {
  return world.table(tokensTable).get(token)
}

/** Make a token of 72 letters and digits, as Nextcloud's app passwords. */
export function create(
  world: World,
  made: Pick<Token, 'userId' | 'loginName' | 'name' | 'type'> & { token?: string },
): Token {
  const now = world.clock.seconds()
  const token: Token = {
    ...made,
    id: world.nextId('token'),
    token: made.token ?? world.random.token(72),
    createdAt: now,
    lastActivity: now,
  }
  world.table(tokensTable).set(token.token, token)
  return token
}

export function revoke(world: World, token: string): boolean {
  return world.table(tokensTable).delete(token)
}

/** Devices that log in with these tokens are told to wipe what they hold. */
export function markForWipe(world: World, userId: string): void {
  const table = world.table(tokensTable)
  for (const [key, token] of [...table.entries()]) {
    if (token.userId === userId && token.type === 'app-password') table.patch(key, { wipe: true })
  }
}
