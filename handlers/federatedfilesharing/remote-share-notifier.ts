import { defineNotifier } from '#app/notifier.ts'
import { type RichObject, toPlainText } from '#app/rich-text.ts'
import { parseCloudId } from '#lib/cloud-id.ts'

/** Asks accounts whether they want what somebody on another server shares with them. */
export const remoteShareNotifier = defineNotifier(({ app, objectType, objectId, subjectParameters }, { baseUrl }) => {
  if (app !== 'files_sharing' || objectType !== 'remote_share' || !Array.isArray(subjectParameters)) return 'unknown'
  const [owner = '', sharedBy = '', name = '', ownerName = ''] = subjectParameters.map(String)
  const onBehalf = owner !== sharedBy
  const subjectRich = `You received {share} as a remote share from {user}${onBehalf ? ' (on behalf of {behalf})' : ''}`
  const subjectRichParameters = {
    share: { type: 'pending-federated-share', id: objectId, name },
    user: remoteUser(owner, ownerName),
    ...(onBehalf ? { behalf: remoteUser(sharedBy) } : {}),
  }
  const link = `${baseUrl}/ocs/v2.php/apps/files_sharing/api/v1/remote_shares/pending/${objectId}`
  return {
    subject: toPlainText(subjectRich, subjectRichParameters)!,
    subjectRich,
    subjectRichParameters,
    icon: `${baseUrl}/core/img/actions/share.svg`,
    actions: [
      { label: 'Accept', link, type: 'POST', primary: true },
      { label: 'Decline', link, type: 'DELETE', primary: false },
    ],
  }
})

function remoteUser(cloudId: string, name = ''): RichObject {
  const parsed = parseCloudId(cloudId)
  if (!parsed) return { type: 'user', id: cloudId, name: name || cloudId, server: '' }
  return { type: 'user', id: parsed.user, name: name || parsed.id, server: parsed.remote }
}
