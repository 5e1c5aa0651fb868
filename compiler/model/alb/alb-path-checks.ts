import type { Problems } from '../problems';
import type { AlbIngressModel, AlbPathModel, AlbRouteModel } from './alb-ingress';

/** Characters of a path that is compared as it stands; * and ? are wildcards. */
const PLAIN_PATH = /^[A-Za-z0-9$_.+/&~@:*?-]*$/;

/** Paths: buildPathPatterns in alibaba/alibaba-load-balancer-controller@a9b1da3, and the form that Kubernetes asks for. */
export function checkPaths({ ingresses }: AlbIngressModel, _: unknown, problems: Problems): void {
  ingresses.forEach((route, index) => {
    const at = `/spec/ingresses/${index}`;
    forEachPath(route, (path, pointer) => checkPath(path, route, `${at}${pointer}/path`, problems));
    checkRewrite(route, at, problems);
    checkTwins(route, at, problems);
  });
}

/** Calls for every path of an Ingress, with its pointer below the Ingress. */
export function forEachPath(
  { rules }: Pick<AlbRouteModel, 'rules'>,
  visit: (path: AlbPathModel, pointer: string, host: string | undefined) => void,
): void {
  rules.forEach(({ host, paths }, rule) => {
    paths.forEach((path, index) => {
      visit(path, `/rules/${rule}/paths/${index}`, host);
    });
  });
}

function hasRegex({ useRegex, rewriteTarget }: AlbRouteModel): boolean {
  return useRegex === true || rewriteTarget !== undefined;
}

function checkPath({ path, pathType }: AlbPathModel, route: AlbRouteModel, at: string, problems: Problems): void {
  const refuse = (message: string): void => problems.add('BAL3121', at, message);
  if (pathType !== 'ImplementationSpecific' && /\/\/|\/\.\.?(\/|$)|%2f/i.test(path)) {
    refuse(`Kubernetes refuses "//", "/./", "/../" and "%2f" in path "${path}"`);
  }
  if (pathType === 'Prefix' && hasRegex(route)) {
    if (!isRegex(path)) refuse(`"${path}" is no regular expression`);
    return;
  }
  if (!PLAIN_PATH.test(path)) {
    refuse(`path "${path}" has characters of a regular expression, which needs pathType "Prefix" and useRegex`);
  } else if (pathType !== 'ImplementationSpecific' && /[*?]/.test(path)) {
    refuse(`pathType "${pathType}" takes no wildcards, as in "${path}"`);
  }
}

function isRegex(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** `${2}` of the target is the second group of the path, which only a regular expression has. */
function checkRewrite(route: AlbRouteModel, at: string, problems: Problems): void {
  const { rewriteTarget, useRegex, rules } = route;
  const types = rules.flatMap(({ paths }) => paths.map(({ pathType }) => pathType));
  if (useRegex === true && !types.includes('Prefix')) {
    problems.add('BAL3121', `${at}/useRegex`, 'useRegex has no effect: no path has pathType "Prefix"');
  }
  if (rewriteTarget === undefined) return;
  const unknown = rewriteTarget.replaceAll(/\$\{\d\}/g, '').match(/[{}]/);
  if (unknown !== null)
    problems.add('BAL3121', `${at}/rewriteTarget`, `"${rewriteTarget}" has another variable than \${1} to \${9}`);
  const groups = Math.max(0, ...[...rewriteTarget.matchAll(/\$\{(\d)\}/g)].map(([, number]) => Number(number)));
  if (groups === 0) return;
  forEachPath(route, ({ path, pathType }, pointer) => {
    const found = pathType === 'Prefix' ? groupsOf(path) : 0;
    if (found >= groups) return;
    const message = `rewriteTarget uses group ${groups}, and "${path}" (pathType "${pathType}") has ${found}`;
    problems.add('BAL3121', `${at}${pointer}/path`, message);
  });
}

/** Parentheses that are neither escaped nor marked as no group. */
function groupsOf(path: string): number {
  return path.replaceAll(/\\./g, '').match(/\((?!\?)/g)?.length ?? 0;
}

/** Two paths that compare alike: the second one is never reached. */
function checkTwins(route: AlbRouteModel, at: string, problems: Problems): void {
  const first = new Map<string, string>();
  const conditional = new Set(
    (route.forwarding ?? []).filter(({ conditions }) => conditions).map(({ service }) => service),
  );
  forEachPath(route, ({ path, pathType, service }, pointer, host = '*') => {
    if (conditional.has(service)) return;
    const key = `${host} ${pathType} ${path}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, pointer);
    else {
      problems.add('BAL3121', `${at}${pointer}/path`, `path "${path}" of host "${host}" is defined twice`, [
        { message: 'first defined here', location: problems.locate(`${at}${earlier}`) },
      ]);
    }
  });
}
