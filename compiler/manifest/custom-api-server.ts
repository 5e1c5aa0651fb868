import type { CustomApiServerModel } from '../model/custom-api-server';
import type { Output } from './artefact';

/** What a CustomApiServer becomes. */
export function renderCustomApiServer(_model: CustomApiServerModel): Output {
  return { objects: [], files: {} };
}
