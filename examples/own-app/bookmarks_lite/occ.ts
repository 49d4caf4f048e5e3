import { defineCommand } from 'ocs-mock'
import * as bookmarks from './state.ts'

const user = { name: 'user', required: true, description: 'Whose bookmarks' }

export const listCommand = defineCommand({
  name: 'bookmarks_lite:list',
  description: 'List the bookmarks of an account',
  arguments: [user],
  run: ({ input, output, world }) => {
    for (const { id, url } of bookmarks.list(world, input.text('user'))) output.writeln(`  - ${id}: ${url}`)
    return 0
  },
})

export const addCommand = defineCommand({
  name: 'bookmarks_lite:add',
  description: 'Add a bookmark to an account',
  arguments: [user, { name: 'url', required: true, description: 'The address' }],
  options: [{ name: 'title', value: 'required', description: 'What it is called' }],
  run: ({ input, output, world }) => {
    const added = bookmarks.add(world, input.text('user'), input.text('url'), input.value('title') ?? input.text('url'))
    if (typeof added !== 'string') return 0
    output.writeln(`<error>${added === 'no-account' ? 'There is no such account' : 'This is no address'}</error>`)
    return 1
  },
})
