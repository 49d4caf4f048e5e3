import type { Session, SessionStep } from './session.ts'

const API = '/index.php/apps/notes/api'
const PASSWORD = 'Corr3ct-h0rse'

const by = (as: string | undefined) => {
  const step =
    (method: string) =>
    (path: string, json?: unknown, more: Partial<SessionStep> = {}): SessionStep => ({
      ...(as === undefined ? {} : { as }),
      method,
      path: path.startsWith('/') ? path : `${API}/${path}`,
      ...(json === undefined ? {} : { json }),
      ...more,
    })
  return { get: step('GET'), post: step('POST'), put: step('PUT'), delete: step('DELETE'), patch: step('PATCH') }
}

const admin = by('admin:admin')
const alice = by(`alice:${PASSWORD}`)
const bob = by(`bob:${PASSWORD}`)
const nobody = by(undefined)

const account = (userid: string): SessionStep =>
  admin.post('/ocs/v2.php/cloud/users?format=json', { userid, password: PASSWORD })
const note = (name = 'note') => ({ capture: { [name]: 'id' } })
const match = (header: string, value: string) => ({ headers: { [header]: value } })

export const sessions: readonly Session[] = [
  {
    name: 'titles, categories and names of files',
    steps: [
      account('alice'),
      alice.post('v1/notes', { title: '# Shopping: milk/bread?', content: 'a' }, note()),
      alice.post('v1/notes', { title: '# Shopping: milk/bread?' }),
      alice.post('v1/notes', { title: '  .hidden  ', category: '/a//b/../c*/' }),
      alice.post('v1/notes', { title: 'x'.repeat(120) }),
      alice.post('v1/notes', { title: 'Two\nlines', content: '**bold**' }),
      alice.post('v1/notes', { title: 'Tab\there' }),
      alice.post('v1/notes', { title: '0' }),
      alice.post('v1/notes', { content: '# A title in it\nmore' }),
      alice.post('v0.2/notes', { content: '# A *title* in it\nmore' }, note('old')),
      alice.post('v0.2/notes', { content: '- a list\n- of things' }),
      alice.post('v0.2/notes', { title: 'Not taken', content: '' }),
      alice.put('v0.2/notes/{old}', { content: 'Now something else' }),
      alice.put('v0.2/notes/{old}', { favorite: true }),
      alice.put('v1/notes/{note}', { title: '' }),
      alice.put('v1/notes/{note}', { title: 'New note' }),
      alice.put('v1/notes/{note}', { title: 'Moved', category: 'x/y' }),
      alice.put('v1/notes/{note}', { title: 'Moved', category: 'x' }),
      alice.put('v1/notes/{note}', { category: '' }),
      alice.get('v1/notes?exclude=content,etag,modified'),
      alice.get('v1/notes?category=&exclude=content'),
      alice.get('v0.2/notes?exclude=content'),
      alice.get('/ocs/v2.php/search/providers/notes/search?term=title&format=json'),
      alice.get('/ocs/v2.php/apps/dashboard/api/v1/widget-items?widgets[]=notes&format=json'),
      alice.delete('v1/notes/{note}'),
      alice.delete('v1/notes/{note}'),
    ],
  },
  {
    name: 'moments, conditions and chunks',
    steps: [
      account('alice'),
      alice.get('v1/notes'),
      alice.post(
        'v1/notes',
        { title: 'Old', content: 'x', modified: 1_600_000_000 },
        { capture: { old: 'id', oldTag: 'etag' } },
      ),
      alice.post(
        'v1/notes',
        { title: 'New', content: 'y', favorite: true },
        { capture: { new: 'id', newTag: 'etag' } },
      ),
      alice.post('v1/notes', { title: 'Newer', content: 'z', favorite: 'false' }, note('newer')),
      alice.get('v1/notes/{old}'),
      alice.get('v1/notes/{old}?exclude=content,title'),
      alice.put('v1/notes/{old}', { modified: 1_500_000_000 }),
      alice.put('v1/notes/{old}', { content: 'x', modified: 1_500_000_000 }),
      alice.put('v1/notes/{old}', { content: 'xx', modified: 1_400_000_000 }),
      alice.put('v1/notes/{old}', {}),
      alice.put('v1/notes/{new}', { content: 'yy' }, match('If-Match', '"nope"')),
      alice.put('v1/notes/{new}', { content: 'yy' }, match('If-Match', '"nope", "{newTag}"')),
      alice.put('v1/notes/{new}', { content: 'yyy' }, match('If-Match', '{newTag}')),
      alice.put('v1/notes/{new}', { favorite: false }),
      alice.get('v1/notes?chunkSize=1&exclude=content,etag'),
      alice.get('v1/notes?chunkSize=5&exclude=content,etag'),
      alice.get('v1/notes?pruneBefore=1500000001&exclude=content,etag'),
      alice.get('v1/notes?category=nope'),
      alice.get('v1/notes?pruneBefore=abc&exclude=content,etag'),
      alice.put('v1/notes/{newer}', { title: ['x'] }),
      alice.post('v1/notes', { title: 7, content: true }),
    ],
  },
  {
    name: 'settings',
    steps: [
      account('alice'),
      alice.get('v1/settings'),
      alice.get('v1/settings'),
      alice.get('v1.4/settings'),
      alice.get('v0.2/settings'),
      alice.put('v1/settings', { fileSuffix: '.txt', noteMode: 'edit' }),
      alice.put('v1/settings', { fileSuffix: '.md', noteMode: 'nope' }),
      alice.put('v1/settings', { fileSuffix: '..my*note' }),
      alice.post('v1/notes', { title: 'Custom', content: 'x' }, note()),
      alice.get('v1/notes?exclude=etag'),
      alice.put('v1/settings', { notesPath: '/a/./b/../c/' }),
      alice.get('v1/notes'),
      alice.post('v1/notes', { title: 'Elsewhere', content: 'x' }),
      alice.put('v1/settings', { notesPath: null, fileSuffix: null, unknown: 'x' }),
      alice.get('v1/settings'),
      alice.put('v1/settings', {}),
      alice.put('v0.2/settings', {}),
      alice.get('v1/notes?exclude=etag'),
    ],
  },
  {
    name: 'attachments and doors',
    steps: [
      account('alice'),
      account('bob'),
      alice.post('v1/notes', { title: 'Shown', content: 'x', category: 'a/b' }, note()),
      {
        method: 'PUT',
        as: `alice:${PASSWORD}`,
        path: '/remote.php/dav/files/alice/Notes/a/pic.txt',
        json: 'A picture.',
      },
      alice.get('v1.4/attachment/{note}?path=../pic.txt'),
      alice.get('v1.4/attachment/{note}?path=nope.txt'),
      alice.get('v1.4/attachment/{note}'),
      alice.get('v1.4/attachment/999999?path=pic.txt'),
      alice.get('v1/attachment/{note}?path=../pic.txt'),
      bob.get('v1.4/attachment/{note}?path=../pic.txt'),
      nobody.get('v1.4/attachment/{note}?path=../pic.txt'),
      alice.post('v1.4/attachment/{note}', {}),
      alice.post('v1.4/attachment/999999', {}),
      alice.get('v2/notes'),
      alice.get('v1.4/notes'),
      alice.post('v1/nope', {}),
      alice.put('v1/nope', {}),
      alice.delete('v1/notes'),
      alice.patch('v1/notes/{note}', {}),
      alice.get('nope'),
      alice.get('v1/notes/abc'),
      alice.put('v1/notes/abc', {}),
      bob.get('v1/notes/{note}'),
      bob.put('v1/notes/{note}', { content: 'x' }),
      bob.delete('v1/notes/{note}'),
      nobody.post('v1/notes', { title: 'x' }),
      alice.post('/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json', {
        path: '/Notes/a/b/Shown.md',
        shareType: 0,
        shareWith: 'bob',
        permissions: 1,
      }),
      alice.get('v1/notes?exclude=etag'),
      bob.get('v1/notes?exclude=etag'),
      alice.get('/index.php/apps/notes/'),
      nobody.get('/index.php/apps/notes/'),
    ],
  },
]
