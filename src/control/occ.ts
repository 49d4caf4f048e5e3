import type { OccOptions } from '#console/run.ts'
import { UserError } from '#lib/errors.ts'
import { type ControlCall, readObject } from './call.ts'

const MEMBERS = ['args', 'env', 'stdin', 'files', 'answers'] as const

/** The command line of the world. */
export const occCalls: readonly ControlCall[] = [
  {
    method: 'POST',
    path: '/occ',
    summary: 'run an occ command: {"args": ["app:enable", "files_external"]}, with env, stdin and files',
    run: async ({ selected: { mock }, body }) => {
      const { args, env, stdin, files, answers } = await readObject(body, 'a command', MEMBERS)
      if (typeof args !== 'string' && !isTextList(args)) throw wrong('args', 'a text or a list of words')
      if (env !== undefined && !isTextRecord(env)) throw wrong('env', 'an object of texts')
      if (stdin !== undefined && typeof stdin !== 'string') throw wrong('stdin', 'a text')
      if (files !== undefined && !isTextRecord(files)) throw wrong('files', 'an object of texts')
      if (answers !== undefined && !isTextList(answers)) throw wrong('answers', 'a list of texts')
      const options = { env, stdin, files, answers } as OccOptions
      return mock.occ(args, options)
    },
  },
]

const wrong = (member: string, what: string) =>
  new UserError(`Failed to run the command: "${member}" is not ${what}, such as {"args": ["user:list"]}.`)

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

const isTextRecord = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && isTextList(Object.values(value))
