import { defineSeedMember, files, inPlace, SeedError, s } from '#app/index.ts'
import { systemTags } from '#handlers/dav/api.ts'

const tagSeed = s.object({
  name: s.string(),
  color: s.optional(s.described('six hexadecimal digits', s.string())),
  visible: s.optional(s.described('default: to all', s.bool())),
  assignable: s.optional(s.described('default: by all', s.bool())),
  files: s.optional(s.described('what has it, by account: paths', s.record(s.list(s.string())))),
})

/** `tags: [{ name: Important, files: { alice: [/report.txt] } }]` */
export const seededTags = defineSeedMember({
  name: 'tags',
  after: ['users', 'files'],
  schema: s.described('tags that all accounts share, and the files that have them', s.list(tagSeed)),
  read: (world, list) => {
    for (const [i, seed] of list.entries()) {
      inPlace(i, () => {
        const { name, color = '', visible: userVisible = true, assignable: userAssignable = true } = seed
        const tag = systemTags.create(world, { name, userVisible, userAssignable })
        if (tag === 'exists') throw new SeedError(['name'], `there is a tag "${name}" already.`)
        if (color !== '') systemTags.update(world, tag, { color })
        for (const [userId, paths] of Object.entries(seed.files ?? {}))
          for (const path of paths) {
            const entry = files.resolve(world, userId, path)
            if (!entry) throw new SeedError(['files', userId], `there is no file "${path}".`)
            systemTags.assign(world, 'files', String(entry.node.id), tag)
          }
      })
    }
  },
})
