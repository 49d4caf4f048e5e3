import { defineApp } from '#app/index.ts'
import { formsFilter, formsProvider } from './activity.ts'
import { capabilities, FORMS_VERSION } from './capabilities.ts'
import { deleteForm, getForm, getForms, newForm, preflightedCors, updateForm } from './forms.ts'
import { deleteOption, newOption, reorderOptions, updateOption } from './options.ts'
import { pages } from './pages.ts'
import {
  deleteQuestion,
  getQuestion,
  getQuestions,
  newQuestion,
  reorderQuestions,
  updateQuestion,
} from './questions.ts'
import { formSearch } from './search.ts'
import { seededForms } from './seed.ts'
import { getAppConfig, updateAppConfig } from './settings.ts'
import { deleteShare, generateToken, newShare, updateShare } from './shares.ts'
import { formReactions } from './state/reactions.ts'
import {
  answersTable,
  formsTable,
  optionsTable,
  questionsTable,
  sharesTable,
  submissionsTable,
  uploadsTable,
} from './state/records.ts'
import {
  deleteAllSubmissions,
  deleteSubmission,
  exportSubmissionsToCloud,
  getSubmission,
  getSubmissions,
  newSubmission,
  updateSubmission,
} from './submissions.ts'
import { uploadFiles } from './uploads.ts'

export const app = defineApp('forms', {
  name: 'Forms',
  version: FORMS_VERSION,
  summary: 'Questions that others answer',
  inStore: true,
  endpoints: [
    getForms,
    newForm,
    getForm,
    updateForm,
    deleteForm,
    getQuestions,
    getQuestion,
    newQuestion,
    updateQuestion,
    deleteQuestion,
    reorderQuestions,
    newOption,
    updateOption,
    deleteOption,
    reorderOptions,
    getSubmissions,
    getSubmission,
    newSubmission,
    updateSubmission,
    deleteSubmission,
    deleteAllSubmissions,
    exportSubmissionsToCloud,
    uploadFiles,
    newShare,
    updateShare,
    deleteShare,
    generateToken,
    preflightedCors,
    getAppConfig,
    updateAppConfig,
  ],
  routes: pages,
  capabilities: [capabilities],
  tables: [formsTable, questionsTable, optionsTable, sharesTable, submissionsTable, answersTable, uploadsTable],
  reactions: [formReactions],
  activityProviders: [formsProvider],
  activityFilters: [formsFilter],
  searchProviders: [formSearch],
  seed: [seededForms],
})
