import { defineEndpoint, p, s } from '#app/index.ts'
import type { JsonObject } from '#lib/json.ts'
import { toInt } from '#lib/php.ts'
import type { Upload } from '#line/multipart.ts'
import { mimeOf } from '#world/files/mime.ts'
import { FORM } from './forms.ts'
import { formToAnswer, NOT_ALLOWED, questionIn } from './guard.ts'
import { maySubmit } from './state/access.ts'
import { keepUpload } from './state/files.ts'

export const uploadFiles = defineEndpoint({
  app: 'forms',
  access: 'public',
  id: 'forms-api-upload-files',
  method: 'POST',
  path: `${FORM}/submissions/files/{questionId}`,
  summary: 'Send files that answers will name',
  input: { formId: p.int(), questionId: p.int(), shareHash: p.string().default('') },
  output: s.list(s.object({ uploadedFileId: s.int(), fileName: s.string(), uploadToken: s.string() })),
  failures: {
    400: [
      'No files provided',
      "Question doesn't belong to the given form",
      'File size exceeds the maximum allowed size of … bytes.',
      'File type is not allowed. Allowed file types: …',
    ],
    403: [NOT_ALLOWED, 'This form is no longer taking answers', 'Already submitted'],
    404: 'Could not find question',
  },
  handle: (args) => {
    const { input, actor, world, uploads, ok, fail } = args
    const sent = Object.entries(uploads).flatMap(([name, upload]) => (/^files\[.*\]$/.test(name) ? [upload] : []))
    if (sent.length === 0) return fail(400, 'No files provided')
    const form = formToAnswer(args, input.formId, input.shareHash)
    if (!maySubmit(world, form, actor.userId)) return fail(403, 'Already submitted')
    const question = questionIn(world, form.id, input.questionId)
    if (question === 'missing') return fail(404)
    if (question === 'of-another') return fail(400, "Question doesn't belong to the given form")
    const kept = sent.map((upload) => {
      const problem = problemOf(question.extraSettings, upload)
      return problem === null ? keepUpload(world, form, question, upload) : fail(400, problem)
    })
    return ok(kept.map(({ id, name, uploadToken }) => ({ uploadedFileId: id, fileName: name, uploadToken })))
  },
})

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Why a file is not taken; `null`: it is. */
function problemOf(settings: JsonObject, { filename, bytes }: Upload): string | null {
  const most = toInt(settings.maxFileSize ?? 0)
  if (most > 0 && bytes.length > most) return `File size exceeds the maximum allowed size of ${most} bytes.`
  const types = textsIn(settings.allowedFileTypes)
  const extensions = textsIn(settings.allowedFileExtensions)
  if (types.length + extensions.length === 0) return null
  const mime = mimeOf(filename)
  const isGood =
    types.some((type) => mime.startsWith(type)) || extensions.some((extension) => mimeOf(`a.${extension}`) === mime)
  return isGood ? null : `File type is not allowed. Allowed file types: ${[...types, ...extensions].join(', ')}`
}
