import type { OccOptions } from '#console/run.ts'
import { UserError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import { type ControlCall, readObject } from './call.ts'

const MEMBERS = ['args', 'env', 'stdin', 'files', 'answers'] as const

const COMMAND = s.object({
  args: s.described('the command with its arguments', s.union(s.string(), s.list(s.string()))),
  env: s.optional(s.described('variables of its environment, such as OC_PASS', s.record(s.string()))),
  stdin: s.optional(s.described('answers to its questions, a line each', s.string())),
  files: s.optional(s.described('files of the machine, by path', s.record(s.string()))),
  answers: s.optional(s.described('of a terminal elsewhere, in order', s.list(s.string()))),
})

/** The command line of the world. */
export const occCalls: readonly ControlCall[] = [
  {
    method: 'POST',
    path: '/occ',
    summary: 'run an occ command: {"args": ["app:enable", "files_external"]}, with env, stdin and files',
    sends: () => COMMAND.toJsonSchema(),
    answers: s.object({ stdout: s.string(), stderr: s.string(), exitCode: s.int(), prompt: s.optional(s.any()) }),
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
