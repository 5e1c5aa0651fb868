import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** What can be wrong with a CustomApiServer: from 3290 on. */
export const CUSTOM_API_SERVER_CODES = {
  BAL3290: error(
    'dangerous-setting',
    'The setting gives up what protects the server: who asks, what may be changed, or that nobody listens.',
    'Turn it off, or name it in acknowledge.',
  ),
  BAL3291: warning(
    'dangerous-original',
    "The original's command line gives up what protects the server; profile upstream follows it.",
    'Keep it away from every network that is not yours, or use profile hardened. Name it in acknowledge to be told no more.',
  ),
  BAL3292: warning(
    'idle-acknowledgement',
    'An acknowledgement that is left over hides the next one who turns the setting on.',
    'Remove it from acknowledge.',
  ),
  BAL3293: error(
    'literal-token',
    'A fleet is kept in Git, and its output too: a token or a password that stands in it is known to everybody who can read it.',
    'Put it into a Secret and name the Secret. Take a token that was committed out of use.',
  ),
  BAL3294: error(
    'not-one-of',
    'The server keeps its objects in one place, and kubectl has its token from one.',
    'Keep exactly one of the fields.',
  ),
  BAL3295: error(
    'etcd-servers',
    'Without servers the program ends at its start; over plain HTTP everybody on the way reads and writes every object.',
    'Name the https addresses of etcd.',
  ),
  BAL3296: error(
    'missing-certificate',
    'Tokens are sent with each request, and etcd believes whoever reaches it: both need TLS.',
    'Name a Secret with the certificate.',
  ),
  BAL3297: error(
    'several-writers',
    'Each server keeps what it knows of the files in memory: two of them undo the work of each other.',
    'Set replicas to 1, or use backend etcd.',
  ),
  BAL3298: error(
    'system-folder',
    'The volume would hide what programs need there, or what was written would be lost.',
    'Choose a folder of its own, such as "/var/lib/custom-api-server".',
  ),
  BAL3299: error(
    'kubectl-disabled',
    'The server refuses every client that calls itself kubectl, whatever its token.',
    'Leave kubectlDisabled off, or remove what is for kubectl.',
  ),
  BAL3300: error(
    'unknown-object',
    'The server does not look whether it exists: the reference would lead nowhere, and nobody would be told.',
    'Declare it in initialization, or correct the name.',
  ),
  BAL3301: warning(
    'verbose-log',
    'From 8 on the log has the bodies of requests in it, with everything that they hold.',
    'Set v to 4 or less.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
