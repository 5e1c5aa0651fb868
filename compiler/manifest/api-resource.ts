import type { ApiResourceModel } from '../model/api-resource';
import type { Output } from './artefact';

/** What a ApiResource becomes. */
export function renderApiResource(_model: ApiResourceModel): Output {
  return { objects: [], files: {} };
}
