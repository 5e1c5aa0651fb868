import { renderTemplate } from './template';

/** The script that applies lists of initial objects with kubectl, in their order. */
export function applyInitialization(lists: readonly string[]): string {
  return renderTemplate('custom-api-server/apply-initialization.sh', { lists });
}
