import { defineApp } from '#app/index.ts'
import { basicData, diskData, info } from './info.ts'

export const app = defineApp('serverinfo', {
  endpoints: [info, basicData, diskData],
})
