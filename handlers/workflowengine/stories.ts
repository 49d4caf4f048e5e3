import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const FLOWS = '/apps/workflowengine/api/v1/workflows/user'
const FLOW = {
  name: 'Of ocs-mock',
  operation: '',
  entity: 'OCA\\WorkflowEngine\\Entity\\File',
  'events[]': 'postCreate',
}

export const workflowStories = defineStories([
  {
    name: 'a flow that no app runs',
    apps: ['workflowengine'],
    steps: [
      alice.get(FLOWS),
      alice.post(FLOWS, { class: 'OCA\\OcsMock\\Nothing', 'checks[]': '', ...FLOW }),
      alice.put(`${FLOWS}/987654321`, { 'checks[]': '', ...FLOW }),
      alice.delete(`${FLOWS}/987654321`),
      alice.get(FLOWS),
    ],
  },
])
