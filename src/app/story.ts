/** Who takes a step: the administrator whose credentials were given, an account of our own, or nobody. */
export type StepActor = 'admin' | OwnAccount | 'anonymous'
/** Accounts that every run makes. */
export const OWN_ACCOUNTS = ['alice', 'bob', 'carol'] as const
export type OwnAccount = (typeof OWN_ACCOUNTS)[number]

/**
 * One request. Texts may have names in braces: `{alice}` is the id of that account, `{staff}` that of the group of
 * alice and bob, `{own}` starts names of things that only this run has, and captured names stand for what the
 * server, and the model, gave.
 */
export interface Step {
  readonly as: StepActor
  readonly method: string
  /** Below `/ocs/vN.php`; below the base where it starts with `/remote.php` or `/index.php`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Sent as a form. */
  readonly form?: Form
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Names for values of the answer: a JSON pointer into its data, `header NAME`, or `element NAME` of its XML. */
  readonly capture?: Readonly<Record<string, string>>
  /** The answer is a list in which things of others stand too: only its form and its limit are judged. */
  readonly amongOthers?: true
  /** Whose password becomes `{newPassword}` by this. */
  readonly newPasswordOf?: OwnAccount
}

export type Form = Readonly<Record<string, string | readonly string[]>>

/** Steps that belong together and that end where they began. After each of them the server is as the model says. */
export interface Story {
  readonly kind: 'story'
  readonly name: string
  /** Apps without which it cannot be run. The first one is what it is about. */
  readonly apps: readonly string[]
  /**
   * Members whose values the server gives out in answers of that app, by what they name: `{ id: 'bookmark' }`. The
   * model gives others; one must come wherever the other would.
   */
  readonly ids?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

declare module '#line/contributions.ts' {
  interface Contributions {
    stories: Story
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** What `verify --write` does on a real server, and on the model beside it. */
    readonly stories?: readonly Story[]
  }
}

/**
 * Define what `verify --write` does on a real server, and on the model beside it, step by step.
 *
 * @example
 * defineStory({
 *   name: 'a bookmark',
 *   apps: ['bookmarks'],
 *   steps: [alice.post('/apps/bookmarks/bookmarks', { url: 'https://example.com' }), alice.get('/apps/bookmarks/bookmarks')],
 * })
 */
export const defineStory = (definition: Omit<Story, 'kind'>): Story => ({ kind: 'story', ...definition })

/** Define several at once. */
export const defineStories = (definitions: readonly Omit<Story, 'kind'>[]): readonly Story[] =>
  definitions.map(defineStory)

type StepOptions = Omit<Step, 'as' | 'method' | 'path' | 'form' | 'query'>

/** Writes steps of one account in few words. */
export const by = (as: StepActor) => ({
  get: (path: string, query: Step['query'] = {}, more: StepOptions = {}): Step => ({
    as,
    method: 'GET',
    path,
    query,
    ...more,
  }),
  post: (path: string, form: Form = {}, more: StepOptions = {}): Step => ({ as, method: 'POST', path, form, ...more }),
  put: (path: string, form: Form = {}, more: StepOptions = {}): Step => ({ as, method: 'PUT', path, form, ...more }),
  patch: (path: string, form: Form = {}, more: StepOptions = {}): Step => ({
    as,
    method: 'PATCH',
    path,
    form,
    ...more,
  }),
  delete: (path: string, form: Form = {}, more: StepOptions = {}): Step => ({
    as,
    method: 'DELETE',
    path,
    form,
    ...more,
  }),
  dav: (method: string, path: string, more: StepOptions = {}): Step => ({
    as,
    method,
    path: `/remote.php/dav${path}`,
    ...more,
  }),
})
