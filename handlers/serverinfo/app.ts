import { defineApp } from '#app/index.ts'
import { hostInfo } from './host.ts'
import { basicData, diskData, info } from './info.ts'

export const app = defineApp('serverinfo', {
  data: [hostInfo],
  endpoints: [info, basicData, diskData],
})
