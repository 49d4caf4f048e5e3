import { serverRoot } from '#world/settings/server-root.ts'
import type { World } from '#world/world.ts'
import { PhpError } from './errors.ts'

/** An error of PHP that no command catches: what happened, where, and the calls down to the command. */
export interface Uncaught {
  /** `TypeError: …` */
  readonly error: string
  /** File and line below the server's folder: `core/Command/Background/Mode.php:37`. */
  readonly at: string
  /** Calls, innermost first, each with its place below the server's folder. */
  readonly frames: readonly string[]
  /** The command's class. */
  readonly command: string
  /** Whether the class is built on Nextcloud's own command class, which stands between it and the console. */
  readonly isBase?: boolean
}

/** What Nextcloud 34.0.1 prints of an error that passes by the console. */
export function uncaughtError(world: World, { error, at, frames, command, isBase = false }: Uncaught): PhpError {
  const root = serverRoot(world)
  const console = '3rdparty/symfony/console'
  const calls = [
    ...frames,
    `${console}/Command/Command.php(326): ${command}->execute()`,
    ...(isBase ? [`core/Command/Base.php(222): Symfony\\Component\\Console\\Command\\Command->run()`] : []),
    `${console}/Application.php(1098): ${isBase ? 'OC\\Core\\Command\\Base' : 'Symfony\\Component\\Console\\Command\\Command'}->run()`,
    `${console}/Application.php(324): Symfony\\Component\\Console\\Application->doRunCommand()`,
    `${console}/Application.php(175): Symfony\\Component\\Console\\Application->doRun()`,
    'lib/private/Console/Application.php(188): Symfony\\Component\\Console\\Application->run()',
    'console.php(92): OC\\Console\\Application->run()',
    "occ(33): require_once('...')",
  ]
  const trace = [...calls.map((call) => `${root}/${call}`), '{main}'].map((call, i) => `#${i} ${call}`)
  return new PhpError(`${error} in ${root}/${at}\nStack trace:\n${trace.join('\n')}`)
}

/** A call that takes a whole number and was given a text that is none. */
export interface NumberCall {
  /** `OCA\Text\Service\DocumentService->resetDocument()` */
  readonly call: string
  /** `#1 ($documentId)` */
  readonly argument: string
  /** Where it was called and where it is defined, below the server's folder. */
  readonly caller: readonly [file: string, line: number]
  readonly definedAt: string
  readonly command: string
  readonly isBase?: boolean
}

/** What Nextcloud 34.0.1 prints where such a text came from the command line. */
export function notNumber(world: World, { call, argument, caller, definedAt, ...rest }: NumberCall): PhpError {
  const [file, line] = caller
  const place = `called in ${serverRoot(world)}/${file} on line ${line} and defined`
  return uncaughtError(world, {
    error: `TypeError: ${call.replace('->', '::')}: Argument ${argument} must be of type int, string given, ${place}`,
    at: definedAt,
    frames: [`${file}(${line}): ${call}`],
    ...rest,
  })
}
