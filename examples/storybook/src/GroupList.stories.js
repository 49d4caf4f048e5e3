import GroupList from './GroupList.vue'

export default { title: 'GroupList', component: GroupList }

export const ForAnAdministrator = {
  parameters: { ocs: { seed: { groups: ['readers', 'staff'] } } },
}

export const ForAnybodyElse = {
  parameters: { ocs: { signedInAs: 'bob', seed: { users: [{ id: 'bob', displayName: 'Bob' }] } } },
}
