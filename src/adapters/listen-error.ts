import { codeOf, UserError } from '#lib/errors.ts'

/** What kept the server from listening, in words; `null`: it was something else. */
export function listenError(error: unknown, host: string, port: number): UserError | null {
  const failed = `Failed to listen on ${host}:${port}: `
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new UserError(`${failed}the port is in use. Choose another with --port; 0 picks a free one.`)
    case 'EACCES':
      return new UserError(`${failed}not allowed. Ports below 1024 need privileges; choose another with --port.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new UserError(`${failed}this machine has no such address. Choose another with --host.`)
  }
  return null
}
