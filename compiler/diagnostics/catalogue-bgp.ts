import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** What can be wrong with the meaning of a BgpLoadBalancer and of the services that use it. */
export const BGP_CODES = {
  BAL3032: error(
    'reserved-asn',
    'The number is reserved: 23456 stands for others (RFC 6793), 65535 and 4294967295 for none (RFC 7300).',
    'Use the number that you were assigned, or a private one: 64512 to 65534.',
  ),
  BAL3033: error(
    'router-id',
    'Every speaker and every switch has a router id of its own, not 0.0.0.0 (RFC 6286); sessions between equal ones do not come up.',
    'Set routerId to an IPv4 address of the machine.',
  ),
  BAL3034: error(
    'port-of-calico',
    'Calico runs a BGP speaker on port 179 of every node.',
    'Use another port, such as 1790.',
  ),
  BAL3035: error(
    'timers',
    'Keepalives come three times per hold time (RFC 4271, 4.4); routes must outlive a restart, and a drain what it waits for.',
    'Change one of the two numbers.',
  ),
  BAL3036: error('duplicate-address', 'Two machines cannot have one address.', 'Give each machine its own address.'),
  BAL3037: error(
    'multihop',
    'Multihop is for neighbours in another autonomous system; gobgpd refuses it within one, which needs none.',
    'Remove multihopTtl.',
  ),
  BAL3038: error(
    'password-without-script',
    'The original image reads its password from config_bgp.toml, which would put it into a ConfigMap and into Git.',
    'Use profile hardened, whose start script reads the Secret, or remove passwordSecret.',
  ),
  BAL3039: error('replicas', 'Each replica needs a master of its own.', 'Lower replicas or add masters.'),
  BAL3040: error(
    'session-never-up',
    'One end of a session has to connect to a port on which the other one listens.',
    'Let one end connect: remove "passive", or use port 179.',
  ),
  BAL3041: error(
    'not-connected',
    'Without multihop a BGP packet leaves with a time to live of 1: the other end must be on the same network.',
    'Correct the address, add the network to networks.nodes, or set multihopTtl.',
  ),
  BAL3042: error(
    'outside-of-pools',
    'The switches accept routes to addresses of the pools only, and the cluster refuses other externalIPs.',
    'Use an address of a pool, or add it to one.',
  ),
  BAL3043: error(
    'overlapping-networks',
    'An address that belongs to two networks is routed in two ways.',
    'Make the networks distinct.',
  ),
  BAL3044: error(
    'taken-external-ip',
    'One address, port and protocol leads to one service.',
    'Use another port or another EIP, or remove one of the two.',
  ),
  BAL3045: error(
    'too-few-paths',
    'A switch spreads traffic over as many workers as every part of the chain can carry: send-max, paths, prefixes.',
    'Raise the number to that of the workers.',
  ),
  BAL3046: error(
    'routing-table',
    'Tables 253, 254 and 255 are default, main and local; one table has one purpose.',
    'Use another number, such as 102.',
  ),
  BAL3047: error(
    'second-load-balancer',
    'The admission policy of each would refuse the addresses of the other, and two daemons would clear the rules of each other.',
    'Keep one BgpLoadBalancer per fleet, with all switches and pools; a fleet is what one cluster gets.',
  ),
  BAL3048: error(
    'default-route',
    'DEPLOY_MODEL "test" moves the default route of every worker to the switch: who comes another way is locked out.',
    'Set steering.acknowledgeDefaultRoute to true, or deployModel to "barematel".',
  ),
  BAL3049: error(
    'not-in-dialect',
    'The software of the switch, or the speaker, cannot do this.',
    'Remove the field, or choose software that can.',
  ),
  BAL3050: error(
    'image-needed',
    'The images of the original system are not public.',
    'Name the image of your own build, or use profile hardened.',
  ),
  BAL3051: error('unknown-name', 'The fleet has nothing of this name.', 'Correct the name, or add what it names.'),
  BAL3052: error(
    'node-without-endpoint',
    'A node that is announced but has no Pod of the service drops what it gets.',
    'List in "nodes" the workers that always have a Pod.',
  ),
  BAL3053: error(
    'unclear-target',
    'A service leads to Pods by label, or to a Balancer.',
    'Keep one of selector and balancer.',
  ),
  BAL3054: error(
    'path-identifier',
    'Paths of one identifier replace each other (RFC 7911).',
    'Set pathIdentifier of one of the workers.',
  ),
  BAL3055: error(
    'pool-too-large',
    'Every address of a pool is listed in the admission policy.',
    'Make the pools smaller: 1024 addresses in all.',
  ),
  BAL3056: error(
    'missing-family',
    'An address is reached over a session and a worker of its own family.',
    'Add ipv6Address to a master, a switch and the workers, or remove the address.',
  ),
  BAL3057: error(
    'port-on-node',
    'A Balancer on the host network listens on the node itself: nothing translates the port.',
    'Use a port of the Balancer, without targetPort and nodePort.',
  ),
  BAL3058: warning(
    'shared-router-id',
    'The original image gives all replicas one config_bgp.toml, and so one router id: switches may refuse the second one.',
    'Use one replica, or profile hardened.',
  ),
  BAL3059: warning(
    'no-admission-policy',
    'ValidatingAdmissionPolicy came with Kubernetes 1.28: without it everybody may take any address (CVE-2020-8554).',
    'Use Kubernetes 1.28 or newer, or restrict externalIPs by other means.',
  ),
  BAL3060: error(
    'last-octet',
    'The original uses the last octet of an address as path identifier: paths of two workers replace each other.',
    'Use profile hardened, or other addresses.',
  ),
  BAL3061: error(
    'outside-of-node-networks',
    'Rules on the nodes keep traffic inside of the cluster by the networks that are declared.',
    'Correct the address, or add its network to networks.nodes.',
  ),
  BAL3062: error(
    'reply-port',
    'A rule on the node finds the answers of Pods by their source port, which has to be a number.',
    'Write targetPort as a number.',
  ),
  BAL3063: error(
    'shared-external-ip',
    'An EIP is announced per address, not per port: each node of one of its services gets the packets of the others too.',
    'Give the services of the EIP the same "nodes", or each an EIP of its own.',
  ),
  BAL3064: error(
    'gateway',
    'Workers send answers to the switch as their gateway, which has to be on their own network.',
    'Set steering.switch to a switch on a network of the nodes.',
  ),
  BAL3065: error(
    'long-node-name',
    'The name of a node is part of a file name, which is a key of a ConfigMap: at most 253 characters.',
    'Shorten the name of the node.',
  ),
  BAL3066: error(
    'ignored-by-kube-proxy',
    'A Service with this label is left alone by kube-proxy, and nothing on the nodes takes its packets.',
    'Remove the label: where another proxy takes the packets, the compiler sets it.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
