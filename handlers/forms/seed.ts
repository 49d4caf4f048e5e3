import { apps, defineSeedMember, type Infer, inPlace, SeedError, s, users } from '#app/index.ts'
import type { World } from '#world/world.ts'
import * as access from './state/access.ts'
import * as forms from './state/forms.ts'
import { ACCESS, STATE } from './state/records.ts'
import { addAnswer, addSubmission } from './state/submissions.ts'

const questionSeed = s.object({
  text: s.string(),
  type: s.optional(s.described('`short` by default', s.string())),
  description: s.optional(s.string()),
  required: s.optional(s.bool()),
  options: s.optional(s.described('what can be chosen', s.list(s.string()))),
  settings: s.optional(s.described('as `extraSettings` has them', s.record(s.json()))),
})

const shareSeed = s.object({
  type: s.optional(s.described('`user` by default', s.literal('user', 'group', 'team', 'link'))),
  with: s.optional(s.described('an account, a group or a team; of a link its token', s.string())),
  permissions: s.optional(s.described('`submit` alone by default', s.list(s.literal(...access.PERMISSIONS)))),
})

const submissionSeed = s.object({
  by: s.optional(s.described('an account; without it, nobody knows who', s.string())),
  at: s.optional(s.described('seconds since 1970; default: now', s.int())),
  answers: s.described(
    'by question, in their order; several of one as a list',
    s.list(s.union(s.string(), s.list(s.string()))),
  ),
})

const formSeed = s.object({
  owner: s.string(),
  title: s.string(),
  description: s.optional(s.string()),
  state: s.optional(s.literal('active', 'closed', 'archived')),
  access: s.optional(
    s.described('whom it is open to besides its shares', s.literal('none', 'permitAllUsers', 'showToAllUsers')),
  ),
  expires: s.optional(s.described('seconds since 1970', s.int())),
  anonymous: s.optional(s.bool()),
  submitMultiple: s.optional(s.bool()),
  allowEditSubmissions: s.optional(s.bool()),
  maxSubmissions: s.optional(s.int()),
  questions: s.optional(s.list(questionSeed)),
  shares: s.optional(s.list(shareSeed)),
  submissions: s.optional(s.list(submissionSeed)),
})

type FormSeed = Infer<typeof formSeed>

/** `forms: [{ owner: alice, title: Lunch, questions: [{ text: What?, options: [Soup, Salad], type: multiple }] }]` */
export const seededForms = defineSeedMember({
  name: 'forms',
  after: ['users', 'groups', 'apps'],
  schema: s.described(
    'forms with what is asked, whom they are shared with and what was answered; enables the app',
    s.list(formSeed),
  ),
  read: (world, list) => {
    apps.enable(world, 'forms')
    for (const [i, seed] of list.entries()) inPlace(i, () => seedForm(world, seed))
  },
})

const SHARE_TYPES = {
  user: access.SHARE.user,
  group: access.SHARE.group,
  team: access.SHARE.team,
  link: access.SHARE.link,
}
const LINK_LENGTH = 24

function seedForm(world: World, seed: FormSeed): void {
  if (!users.find(world, seed.owner)) throw new SeedError(['owner'], `there is no account "${seed.owner}".`)
  const { title, description = '', expires = 0, anonymous: isAnonymous = false, submitMultiple = false } = seed
  const { allowEditSubmissions = false, maxSubmissions = null } = seed
  const form = forms.add(world, seed.owner, {
    title,
    description,
    expires,
    isAnonymous,
    submitMultiple,
    allowEditSubmissions,
    maxSubmissions,
    state: STATE[seed.state ?? 'active'],
    access: ACCESS[seed.access ?? 'none'],
  })
  for (const [i, question] of (seed.questions ?? []).entries()) {
    const { text, type = 'short', description: more = '', required: isRequired = false, settings = {} } = question
    const asked = { formId: form.id, order: i + 1, type, isRequired, text, name: '', description: more }
    const { id } = forms.addQuestion(world, { ...asked, extraSettings: settings })
    for (const [at, option] of (question.options ?? []).entries())
      forms.addOption(world, { questionId: id, order: at + 1, text: option, optionType: 'choice' })
  }
  for (const {
    type = 'user',
    with: shareWith = world.random.token(LINK_LENGTH, forms.READABLE),
    permissions,
  } of seed.shares ?? [])
    access.addShare(world, {
      formId: form.id,
      shareType: SHARE_TYPES[type],
      shareWith,
      permissions: permissions ?? ['submit'],
    })
  for (const submission of seed.submissions ?? []) seedSubmission(world, form.id, submission)
}

function seedSubmission(world: World, formId: number, { by, at, answers }: Infer<typeof submissionSeed>): void {
  const userId = by ?? `anon-user-${world.random.hex(32)}`
  const { id } = addSubmission(world, { formId, userId, timestamp: at ?? world.clock.seconds() })
  const questions = forms.questionsOf(world, formId)
  for (const [i, given] of answers.entries()) {
    const question = questions[i]
    if (!question) throw new SeedError(['submissions'], `there are more answers than questions (${questions.length}).`)
    for (const text of Array.isArray(given) ? given : [given])
      addAnswer(world, { submissionId: id, questionId: question.id, fileId: null, text })
  }
}
