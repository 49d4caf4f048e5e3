import { defineEndpoint, p, s } from '#app/index.ts'
import {
  byClass,
  FAILURES,
  flowSchema,
  INPUT,
  judge,
  listedSchema,
  printFlow,
  printListed,
  readFlow,
  SCOPES,
} from './flows.ts'
import * as workflows from './state.ts'

const { access, path } = SCOPES.global

export const listGlobalFlows = defineEndpoint({
  id: 'workflowengine-global_workflows-index',
  app: 'workflowengine',
  method: 'GET',
  path,
  access,
  summary: "The administrators' flows by the class of their operation",
  output: s.record(s.list(listedSchema)),
  handle: ({ world, ok }) => ok(byClass(workflows.list(world, null))),
})

/** The id of this operation is a class; one that no flow has is no mistake. */
export const showGlobalFlows = defineEndpoint({
  id: 'workflowengine-global_workflows-show',
  app: 'workflowengine',
  method: 'GET',
  path: `${path}/{id}`,
  access,
  summary: "The administrators' flows with one class of operation",
  input: { id: p.string() },
  output: s.list(listedSchema),
  probe: { id: 'OCA\\Files_Versions\\BlockVersioningOperation' },
  handle: ({ input, world, ok }) => ok(workflows.list(world, null, input.id).map(printListed)),
})

export const createGlobalFlow = defineEndpoint({
  id: 'workflowengine-global_workflows-create',
  app: 'workflowengine',
  method: 'POST',
  path,
  access,
  passwordConfirmation: true,
  summary: 'Add a flow',
  input: { class: p.string(), ...INPUT },
  output: flowSchema,
  failures: { 400: FAILURES[400] },
  handle: ({ input, world, profile, ok, fail, crash }) => {
    const flow = readFlow(input, input.class, null)
    const problem = judge(world, profile, flow)
    if (problem === 'crash') return crash()
    return problem === null ? ok(printFlow(workflows.add(world, flow))) : fail(400, problem)
  },
})

export const updateGlobalFlow = defineEndpoint({
  id: 'workflowengine-global_workflows-update',
  app: 'workflowengine',
  method: 'PUT',
  path: `${path}/{id}`,
  access,
  passwordConfirmation: true,
  summary: 'Change a flow',
  input: { id: p.int(), ...INPUT },
  output: flowSchema,
  failures: FAILURES,
  handle: ({ input, world, profile, ok, fail, crash }) => {
    const old = workflows.findIn(world, input.id, null)
    if (!old) return fail(403)
    const flow = readFlow(input, old.class, null)
    const problem = judge(world, profile, flow)
    if (problem === 'crash') return crash()
    return problem === null ? ok(printFlow(workflows.update(world, old, flow))) : fail(400, problem)
  },
})

export const deleteGlobalFlow = defineEndpoint({
  id: 'workflowengine-global_workflows-destroy',
  app: 'workflowengine',
  method: 'DELETE',
  path: `${path}/{id}`,
  access,
  passwordConfirmation: true,
  summary: 'Remove a flow',
  input: { id: p.int() },
  output: s.bool(),
  failures: { 403: FAILURES[403] },
  handle: ({ input, world, ok, fail }) => {
    const old = workflows.findIn(world, input.id, null)
    if (!old) return fail(403)
    workflows.remove(world, old)
    return ok(true)
  },
})
