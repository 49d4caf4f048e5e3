import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { notNumber } from '#console/uncaught-error.ts'
import { isNumeric } from '#lib/php.ts'

/** Nobody edits anything together in a fake, so that there is no session to end. */
const reset: CommandHandler = (context) => {
  const { input, output, world } = context
  const [id, all] = [input.text('file-id'), input.flag('all')]
  if (id === '' && !all) return fail(context, 'Either --all option or file-id argument is required.')
  if (id !== '' && all) return fail(context, 'The --all option and file id argument are exclusionary.')
  if (!all) output.writeln(`${input.flag('force') ? 'Force-reset' : 'Reset'} the document session for file ${id}`)
  if (!all && !isNumeric(id))
    throw notNumber(world, {
      call: 'OCA\\Text\\Service\\DocumentService->resetDocument()',
      argument: '#1 ($documentId)',
      caller: ['apps/text/lib/Command/ResetDocument.php', input.flag('force') ? 83 : 89],
      definedAt: 'apps/text/lib/Service/DocumentService.php:460',
      command: 'OCA\\Text\\Command\\ResetDocument',
    })
  return 0
}

export const textCommands = defineReleaseCommands({ 'text:reset': reset })
