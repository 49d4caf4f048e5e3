import { defineApp } from '#app/index.ts'
import { commands } from './occ.ts'

export const app = defineApp('encryption', { commands: [...commands] })
