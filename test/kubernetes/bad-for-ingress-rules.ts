/** What the rules for Ingresses and AlbConfigs must refuse: one change in GOOD each. */
import type { Example } from './bad-for-schema';

const RULE = 'ingress/spec/rules/0';
const PATH = `${RULE}/http/paths/0`;
const USE_ANNOTATION = { name: 'use-annotation' };

/** By rule. The texts are the whole problem. */
export const BAD_FOR_INGRESS_RULES: Readonly<Record<string, readonly Example[]>> = {
  'ingress-paths': [
    [`${PATH}/path`, 'shop', 'path "shop" does not start with "/"'],
    [`${PATH}/path`, '/a//b', 'path "/a//b" has an invalid sequence'],
    [`${PATH}/backend/service/port`, {}, 'path "/" has no single port'],
  ],
  'ingress-hosts': [[`${RULE}/host`, 'a_b', 'host "a_b" is no DNS name']],
  'alb-annotations': [
    [
      'ingress/metadata/annotations',
      { 'alb.ingress.kubernetes.io/listen-ports': '[{HTTP: 80}]' },
      'annotation listen-ports is no JSON list',
    ],
    [
      'ingress/metadata/annotations',
      { 'alb.ingress.kubernetes.io/conditions.other': '[]' },
      'annotation conditions.other names no service of a path',
    ],
  ],
  'alb-final-action': [
    [`${PATH}/backend/service/port`, USE_ANNOTATION, 'path "/" has none'],
    [`${RULE}/http/paths/1/backend/service/port`, { number: 80 }, 'path "/closed" has two final actions'],
  ],
  'alb-config-listeners': [['albConfig/spec/listeners/1/port', 80, 'listener 80/TCP is there twice']],
  'alb-class': [['ingressClass/spec/parameters/kind', 'ConfigMap', 'leads to no AlbConfig']],
};
