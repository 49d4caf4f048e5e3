import { defineApp } from '#app/index.ts'
import {
  addAdditionalAdmin,
  deleteAdditionalAdmin,
  getAdmins,
  privacyAdmins,
  setFullDiskEncryption,
  setReadableLocation,
} from './privacy.ts'

export const app = defineApp('privacy', {
  endpoints: [getAdmins, addAdditionalAdmin, deleteAdditionalAdmin, setReadableLocation, setFullDiskEncryption],
  tables: [privacyAdmins],
})
