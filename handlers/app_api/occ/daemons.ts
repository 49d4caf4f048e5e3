import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { CommandException } from '#console/errors.ts'
import { renderTable } from '#console/table.ts'
import { writeArray } from '#console/write-in-format.ts'
import type { PhpValue } from '#lib/php.ts'
import * as exApps from '#world/exapps/exapps.ts'

const HEADERS = [
  'Def',
  'Name',
  'Display name',
  'Deploy ID',
  'Protocol',
  'Host',
  'NC Url',
  'Is HaRP',
  'HaRP FRP Address',
  'HaRP Docker Socket Port',
]

const list: CommandHandler = (context) => {
  const { world, input, output } = context
  const daemons = exApps.daemons(world)
  if (daemons.length === 0) output.writeln('No registered daemon configs.')
  else if (['json', 'json_pretty'].includes(input.value('output') ?? '')) {
    writeArray(context, daemons.map(printDaemon))
  } else {
    output.writeln('Registered ExApp daemon configs:')
    const chosen = exApps.defaultDaemon(world)
    renderTable(
      output,
      HEADERS,
      daemons.map((daemon) => rowOf(daemon, chosen)),
    )
  }
  return 0
}

function rowOf({ name, displayName, acceptsDeployId, protocol, host, deployConfig }: exApps.Daemon, chosen: string) {
  const { harp, nextcloud_url } = deployConfig
  return [
    name === chosen ? '*' : '',
    name,
    displayName,
    acceptsDeployId,
    protocol,
    host,
    nextcloud_url ?? '',
    harp ? 'yes' : 'no',
    harp?.frp_address || '(none)',
    harp?.docker_socket_port ?? '(none)',
  ]
}

/** The password does not show, not even that there is none. */
const printDaemon = ({ deployConfig, ...daemon }: exApps.Daemon): PhpValue => ({
  name: daemon.name,
  display_name: daemon.displayName,
  deploy_id: daemon.acceptsDeployId,
  protocol: daemon.protocol,
  host: daemon.host,
  deploy_config: {
    ...deployConfig,
    ...(deployConfig.haproxy_password === undefined ? {} : { haproxy_password: '***' }),
  },
})

const register: CommandHandler = ({ world, input, output }) => {
  const problem = optionProblem(input)
  if (problem) {
    output.writeln(problem)
    return 1
  }
  const name = input.text('name')
  const deployId = input.flag('k8s') ? 'kubernetes-install' : input.text('accepts-deploy-id')
  for (const note of notesOn(input, deployId)) output.writeln(`<comment>${note}</comment>`)
  if (exApps.findDaemon(world, name)) {
    output.writeln(`Registration skipped, as the daemon config \`${name}\` already exists.`)
    return 0
  }
  const outcome = exApps.addDaemon(world, {
    name,
    displayName: input.text('display-name'),
    acceptsDeployId: deployId,
    protocol: input.text('protocol'),
    host: input.text('host'),
    deployConfig: deployConfigFrom(input),
  })
  if (outcome === 'invalid') {
    output.writeln('Failed to register the daemon config.')
    return 1
  }
  if (input.flag('set-default')) exApps.setDefaultDaemon(world, name)
  output.writeln('Daemon config successfully registered.')
  return 0
}

type Input = CommandContext['input']

/** What does not fit together, in the order in which the real command looks. */
function optionProblem(input: Input): string | null {
  const [isHarp, isK8s] = [input.flag('harp'), input.flag('k8s')]
  if (!['http', 'https'].includes(input.text('protocol'))) return 'Value error: The protocol must be `http` or `https`.'
  if (isHarp && !input.value('harp_shared_key')) {
    return 'Value error: HaRP enabled daemon requires `harp_shared_key` option.'
  }
  if (isHarp && !isK8s && !input.value('harp_frp_address')) {
    return 'Value error: HaRP enabled daemon requires `harp_frp_address` option.'
  }
  if (!isK8s) return null
  if (!isHarp) return 'Value error: Kubernetes daemon (--k8s) requires --harp flag. K8s always uses HaRP.'
  return kubernetesProblem(input)
}

const EXPOSE_TYPES = ['nodeport', 'clusterip', 'loadbalancer', 'manual']

function kubernetesProblem(input: Input): string | null {
  const type = input.value('k8s_expose_type') ?? ''
  const nodePort = input.value('k8s_node_port')
  const policy = input.value('k8s_external_traffic_policy')
  const address = input.value('k8s_node_address_type') ?? ''
  if (!EXPOSE_TYPES.includes(type)) return wrongValue('k8s_expose_type', type, EXPOSE_TYPES)
  if (nodePort !== null && type !== 'nodeport') {
    return 'Value error: --k8s_node_port is only valid with --k8s_expose_type=nodeport'
  }
  if (nodePort !== null && !(Number(nodePort) >= 30_000 && Number(nodePort) <= 32_767)) {
    return 'Value error: --k8s_node_port must be between 30000 and 32767'
  }
  if (input.value('k8s_load_balancer_ip') !== null && type !== 'loadbalancer') {
    return 'Value error: --k8s_load_balancer_ip is only valid with --k8s_expose_type=loadbalancer'
  }
  if (type === 'manual' && input.value('k8s_upstream_host') === null) {
    return 'Value error: --k8s_upstream_host is required for --k8s_expose_type=manual'
  }
  if (policy !== null && !['Cluster', 'Local'].includes(policy)) {
    return wrongValue('k8s_external_traffic_policy', policy, ['Cluster', 'Local'])
  }
  if (!['InternalIP', 'ExternalIP'].includes(address)) {
    return wrongValue('k8s_node_address_type', address, ['InternalIP', 'ExternalIP'])
  }
  return null
}

const wrongValue = (option: string, value: string, allowed: readonly string[]) =>
  `Value error: Invalid ${option} "${value}". Must be one of: ${allowed.join(', ')}`

function notesOn(input: Input, deployId: string): string[] {
  const notes: string[] = []
  if (input.flag('k8s') && input.text('accepts-deploy-id') !== deployId) {
    notes.push('Note: --k8s flag detected. Overriding accepts-deploy-id to "kubernetes-install".')
  }
  if (input.flag('harp')) return notes
  if (deployId === 'manual-install' && input.text('host').includes(':')) {
    notes.push(
      "Warning: The host contains a port, which will be ignored for manual-install daemons. The ExApp's port from --json-info will be used instead.",
    )
  }
  if (deployId === 'docker-install') {
    notes.push(
      'Warning: Direct Docker access (Docker Socket Proxy) is deprecated and will be removed in Nextcloud 35. Please register a HaRP-based daemon instead (pass --harp).',
    )
  }
  return notes
}

const DEVICES: Readonly<Record<string, string>> = { cpu: 'CPU', cuda: 'CUDA (NVIDIA)', rocm: 'ROCm (AMD)' }

/** @throws CommandException where there is no such computing device */
function deployConfigFrom(input: Input): exApps.DeployConfig {
  const [isHarp, isK8s] = [input.flag('harp'), input.flag('k8s')]
  const device = input.value('compute_device') ?? 'cpu'
  if (!DEVICES[device]) {
    const at = { file: 'RegisterDaemon.php', line: 245 }
    throw new CommandException('Invalid compute device value.', { phpClass: 'InvalidArgumentException', at })
  }
  return {
    net: input.value('net') ?? (isK8s ? 'bridge' : 'host'),
    nextcloud_url: input.text('nextcloud_url'),
    haproxy_password: input.value(isHarp ? 'harp_shared_key' : 'haproxy_password') ?? '',
    computeDevice: { id: device, label: DEVICES[device] },
    harp: isHarp
      ? {
          frp_address: input.value('harp_frp_address') ?? '',
          docker_socket_port: input.value('harp_docker_socket_port') ?? '',
          exapp_direct: isK8s || input.flag('harp_exapp_direct'),
        }
      : null,
    kubernetes: isK8s ? kubernetesFrom(input) : null,
  }
}

function kubernetesFrom(input: Input) {
  const nodePort = input.value('k8s_node_port')
  return {
    expose_type: input.value('k8s_expose_type') ?? 'clusterip',
    node_port: nodePort === null ? null : Number.parseInt(nodePort, 10),
    upstream_host: input.value('k8s_upstream_host'),
    external_traffic_policy: input.value('k8s_external_traffic_policy'),
    load_balancer_ip: input.value('k8s_load_balancer_ip'),
    node_address_type: input.value('k8s_node_address_type') ?? 'InternalIP',
  }
}

const unregister: CommandHandler = ({ world, input, output }) => {
  const name = input.text('daemon-config-name')
  if (!exApps.findDaemon(world, name)) {
    output.writeln(`Daemon config ${name} not found.`)
    return 1
  }
  const { length } = exApps.ofDaemon(world, name)
  if (length > 0) {
    output.writeln(`Error: ${name} daemon contains ${length} ExApps, please remove them first to proceed.`)
    return 1
  }
  exApps.removeDaemon(world, name)
  output.writeln('Daemon config unregistered.')
  return 0
}

export const daemonCommands = defineReleaseCommands({
  'app_api:daemon:list': list,
  'app_api:daemon:register': register,
  'app_api:daemon:unregister': unregister,
})
