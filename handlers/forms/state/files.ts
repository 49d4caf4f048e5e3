import { files } from '#app/index.ts'
import type { JsonObject } from '#lib/json.ts'
import { toInt, toText } from '#lib/php.ts'
import { fileNameRules } from '#world/files/names.ts'
import * as shares from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { SHARE } from './access.ts'
import { type Form, type FormShare, type Question, type UploadedFile, uploadsTable } from './records.ts'

const FOLDER = '/Forms'
const TOKEN_LENGTH = 32

/** A text as the name of a file: characters that a name cannot have are dashes. */
export function fileName(world: World, text: string): string {
  const clean = fileNameRules(world).characters.reduce((name, character) => name.replaceAll(character, '-'), text)
  return clean === '' ? 'renamed file' : clean
}

/** The folder of what is sent with the answers to a form, in its owner's files. */
const folderOf = (world: World, { id, title }: Form) => `${FOLDER}/${fileName(world, `${id} - ${title}`)}`

const nameOfQuestion = (world: World, { id, name, text }: Question) => fileName(world, `${id} - ${name || text}`)

/** Where files lie that come with one submission. */
const folderOfAnswer = (world: World, form: Form, submissionId: number, question: Question) =>
  `${folderOf(world, form)}/${submissionId}/${nameOfQuestion(world, question)}`

/** A folder and those that it lies in, made where they are missing. */
function ensureFolder(world: World, userId: string, path: string): files.Entry {
  files.ensureHome(world, userId)
  const found = files.resolve(world, userId, path)
  if (found || path === '/') return found!
  ensureFolder(world, userId, files.dirName(path))
  files.makeFolder(world, userId, path)
  return files.resolve(world, userId, path)!
}

/** Keep a file that comes before the answers it belongs to. */
export function keepUpload(
  world: World,
  form: Form,
  question: Question,
  sent: { readonly filename: string; readonly bytes: Uint8Array },
): UploadedFile & { readonly name: string } {
  const waiting = `${FOLDER}/unsubmitted/${world.clock.now() / 1000}`
  const place = `${waiting}/${fileName(world, `${form.id} - ${form.title}`)}/${nameOfQuestion(world, question)}`
  ensureFolder(world, form.ownerId, place)
  const name = files.freeName(world, form.ownerId, place, sent.filename)
  files.newFile(world, form.ownerId, `${place}/${name}`, files.contentFrom(sent.bytes))
  const upload = {
    id: world.nextId('formUpload'),
    formId: form.id,
    questionId: question.id,
    uploadToken: world.random.token(TOKEN_LENGTH),
    fileId: files.resolve(world, form.ownerId, `${place}/${name}`)!.node.id,
  }
  world.table(uploadsTable).set(String(upload.id), upload)
  return { ...upload, name }
}

/** What an answer means: a file that was sent for this question by whoever has its token, and is still there. */
export function uploadOf(world: World, form: Form, questionId: number, sent: JsonObject): UploadedFile | undefined {
  const upload = world.table(uploadsTable).get(String(toInt(sent.uploadedFileId ?? 0)))
  const isMeant =
    upload?.formId === form.id &&
    upload.questionId === questionId &&
    upload.uploadToken === toText(sent.uploadToken ?? null)
  return isMeant && files.entryOf(world, form.ownerId, upload.fileId) ? upload : undefined
}

/** A file that was sent lies with its submission from now on. @returns its name there */
export function submitUpload(
  world: World,
  form: Form,
  submissionId: number,
  question: Question,
  upload: UploadedFile,
): string {
  const entry = files.entryOf(world, form.ownerId, upload.fileId)!
  const place = folderOfAnswer(world, form, submissionId, question)
  ensureFolder(world, form.ownerId, place)
  const name = files.freeName(world, form.ownerId, place, files.baseName(entry.path))
  files.move(world, entry, `${place}/${name}`, false)
  world.table(uploadsTable).delete(String(upload.id))
  return name
}

/** Folders of a form, also those of its earlier titles. */
function foldersOf(world: World, { id, ownerId }: Form): files.Entry[] {
  const top = files.resolve(world, ownerId, FOLDER)
  const all = top && files.isFolder(top) ? files.list(world, top) : []
  return all.filter(({ path }) => files.baseName(path).startsWith(`${id} - `))
}

/** Files of a submission go with it. */
export function removeFilesOf(world: World, form: Form, submissionId: number): void {
  for (const folder of foldersOf(world, form)) {
    const own = files.resolve(world, form.ownerId, `${folder.path}/${submissionId}`)
    if (own) files.remove(world, own)
  }
}

/** All that was sent to a form goes with it. */
export function removeUploadsOf(world: World, form: Form): void {
  for (const upload of [...world.table(uploadsTable).values()].filter(({ formId }) => formId === form.id)) {
    const entry = files.entryOf(world, form.ownerId, upload.fileId)
    if (entry) files.remove(world, entry)
  }
  for (const folder of foldersOf(world, form)) files.remove(world, folder)
}

const SHARED_TYPES: readonly number[] = [SHARE.user, SHARE.group, SHARE.team]

/** Who sees results sees the files of them: their folder is shared with them. */
export function shareUploads(world: World, form: Form, share: FormShare): void {
  if (!SHARED_TYPES.includes(share.shareType)) return
  const entry = ensureFolder(world, form.ownerId, folderOf(world, form))
  shares.create(world, {
    by: form.ownerId,
    entry,
    type: share.shareType as shares.ShareType,
    sharedWith: share.shareWith,
    permissions: files.PERMISSION.read,
    expiry: { at: null, explicitlyNone: false },
    password: { password: null, weakness: null },
    note: '',
    label: '',
    attributes: null,
    mailSend: false,
  })
}

/** Who does not see results any more does not see their files either. */
export function unshareUploads(world: World, form: Form, { shareType, shareWith }: FormShare): void {
  const folder = files.resolve(world, form.ownerId, folderOf(world, form))
  if (!folder) return
  for (const share of shares.ofNode(world, folder.node.id))
    if (share.type === shareType && share.sharedWith === shareWith) shares.removeShare(world, share)
}
