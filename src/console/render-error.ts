import { type CommandException, ConsoleError } from './errors.ts'
import { type Output, Verbosity } from './output.ts'
import { escapeMarks } from './output-formatter.ts'
import { splitByWidth, textWidth } from './text-width.ts'

/**
 * Show an exception in a box, wrapped to the terminal, and below it how the command is written.
 * @param usage the running command's synopsis, or `null` where none was found
 */
export function renderError(error: CommandException, output: Output, columns: number, usage: string | null): void {
  const text = ['']
  for (let each: CommandException | null = error; each; each = each.previous)
    text.push(...boxOf(each, output.isVerbose, columns), '')
  if (usage !== null) text.push(`<info>${escapeMarks(usage)}</info>`, '')
  output.writeln(text, Verbosity.quiet)
}

function boxOf(error: CommandException, isVerbose: boolean, columns: number): string[] {
  const lines = boxLines(error, isVerbose, columns)
  const width = Math.max(...lines.map(textWidth))
  const blank = `<error>${' '.repeat(width)}</error>`
  const place = error.at ? `In ${error.at.file} line ${error.at.line}:` : 'In n/a line n/a:'
  return [
    ...(error instanceof ConsoleError && !isVerbose ? [] : [`<comment>${escapeMarks(place)}</comment>`]),
    blank,
    ...lines.map((line) => `<error>${escapeMarks(line)}${' '.repeat(width - textWidth(line))}</error>`),
    blank,
  ]
}

function boxLines(error: CommandException, verbose: boolean, columns: number): string[] {
  const message = error.message.trim()
  const wrapped = message === '' ? [] : message.split(/\r?\n/).flatMap((line) => splitByWidth(line, columns - 5))
  const lines = wrapped.map((line) => `  ${line}  `)
  if (message !== '' && !verbose) return lines
  return [`  [${error.phpClass}${error.code === 0 ? '' : ` (${error.code})`}]  `, ...lines]
}
