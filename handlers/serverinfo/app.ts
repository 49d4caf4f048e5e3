import { defineApp } from '#app/index.ts'
import { basicData } from './basic-data.ts'
import { diskData } from './disk-data.ts'
import { hostInfo } from './host.ts'
import { info } from './info.ts'

export const app = defineApp('serverinfo', {
  data: [hostInfo],
  endpoints: [info, basicData, diskData],
})
