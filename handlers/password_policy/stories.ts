import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const VALIDATE = '/apps/password_policy/api/v1/validate'

export const passwordStories = defineStories([
  {
    name: 'a password that may be too weak',
    apps: ['password_policy'],
    steps: [
      alice.post(VALIDATE, { password: 'short' }),
      alice.post(VALIDATE, { password: 'password1' }),
      alice.post(VALIDATE, { password: 'Kq7-wem-93-ylt-ocsmock' }),
      by('anonymous').post(VALIDATE, { password: 'short' }),
    ],
  },
])
