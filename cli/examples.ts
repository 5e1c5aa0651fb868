/** A call, and what it does. */
type Example = readonly [call: string, meaning: string];

/** Examples by command, the words of its call after the program's name; the root is the empty text. Each command has some. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  '': [
    ['check fleet', 'look for problems'],
    ['synth fleet', 'write manifests into dist/'],
    ['diff', 'what a change does to what runs'],
    ['verify', 'let the real programs read the artefacts'],
    ['explain BAL3036', 'what a code, a field or a line means'],
    ['import my-manifests -o fleet', 'write specs for what you have'],
    ['routes -f state.yaml', 'what is announced for the state of a cluster'],
  ],
  synth: [
    ['synth', 'from fleet/ into dist/'],
    ['synth --check', 'in CI: exit with 2 and a diff if dist/ is stale'],
    ['synth --kustomization', 'for Flux, Argo CD and kubectl apply -k'],
    ['synth web.yaml -o - | kubectl apply --server-side -f -', 'without any file'],
  ],
  check: [
    ['check', 'look for problems in fleet/'],
    ['check --fail-on warning', 'take warnings as seriously as errors'],
    ['check --format sarif > balancer.sarif', 'for code scanning; also json, github, junit'],
    ['check --manifests vendor/', 'permissions and old APIs of what others wrote'],
  ],
  routes: [
    ['routes -f state.yaml', 'for the state of a cluster in a file'],
    ['routes -f - --format json', 'for the state from kubectl, to compare with gobgp'],
  ],
  diff: [
    ['diff', 'what is committed in dist/ against what fleet/ becomes now'],
    ['diff main:dist fleet --format markdown', 'for a pull request'],
    ['diff cluster fleet', 'what a cluster has against the specs'],
    ["diff --fail-on unknown 'immutable field'", 'in CI: exit with 1 for these impacts'],
  ],
  verify: [
    ['verify', 'what nginx, gobgpd, BIRD, FRR, ip and sh say of the artefacts'],
    ['verify --output dist', 'of the files that are there'],
    ['verify --allow-missing', 'where some of the programs are not installed'],
  ],
  explain: [
    ['explain Balancer.spec.backends', 'a field: type, range, default'],
    ['explain BAL3036', 'a code, with a wrong and a right spec'],
    ['explain dist/config/balancer.default.web/nginx.conf:16', 'where a line comes from'],
    ['explain fleet/web.yaml:12', 'which lines a line of a spec makes'],
    ['explain rbac alb', 'what the controller "alb" may do, and why'],
  ],
  'explain rbac': [
    ['explain rbac alb', 'the controller that fleet/ declares as "alb"'],
    ['explain rbac ccm specs/', 'specs in another folder'],
  ],
  import: [
    ['import my-manifests -o fleet', 'one spec per file'],
    ['import bird.conf > edge.yaml', 'from the configuration of a switch'],
    ['import - --report json < all.yaml', 'what differs from the original, for programs'],
  ],
  completion: [
    ['source <(balancer completion bash)', 'in ~/.bashrc'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of zsh
    ['balancer completion zsh > "${fpath[1]}/_balancer"', 'once'],
    ['balancer completion fish > ~/.config/fish/completions/balancer.fish', 'once'],
  ],
  help: [
    ['help synth', 'what synth --help prints'],
    ['help explain rbac', 'of a command below a command'],
  ],
};

/** The text above the help of a command. `name` is how the program was called. */
export function examplesText(name: string, path: string): string {
  const calls = (EXAMPLES[path] ?? []).map(([call, meaning]) => {
    return [call.includes('balancer ') ? call.replaceAll('balancer', name) : `${name} ${call}`, meaning] as const;
  });
  const width = Math.max(...calls.map(([call]) => call.length));
  return ['Examples:', ...calls.map(([call, meaning]) => `  ${call.padEnd(width)}  ${meaning}`), ''].join('\n');
}
