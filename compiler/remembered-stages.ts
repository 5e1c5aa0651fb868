import type { Diagnostic } from './diagnostics';
import { type Artefact, artefactsOf, type Rendered } from './manifest/artefact';
import type { Neighbours } from './model/neighbours';
import type { Stages } from './resolve-documents';
import type { SpecDocument } from './spec/document';
import { renderStandalone } from './standalone-kinds';

/** What a document that stands alone has become, and what it had asked of its neighbours. */
interface Memory {
  readonly rendered: Rendered | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly answers: readonly Answer[];
}

/** Whether the neighbours of another fleet give the same answer. */
type Answer = (neighbours: Neighbours) => boolean;

/** Stages that make each document once, as long as all that it asks for is the same. */
export function rememberedStages(): Stages {
  const made = new WeakMap<SpecDocument, Memory>();
  const printed = new WeakMap<Rendered, Artefact[]>();
  return {
    renderStandalone(kind, content, document, report, neighbours) {
      let memory = made.get(document);
      if (memory === undefined || !memory.answers.every((isSame) => isSame(neighbours))) {
        const diagnostics: Diagnostic[] = [];
        const { listening, answers } = overheard(neighbours);
        const rendered = renderStandalone(kind, content, document, (found) => diagnostics.push(found), listening);
        memory = { rendered, diagnostics, answers };
        made.set(document, memory);
      }
      memory.diagnostics.forEach(report);
      return memory.rendered;
    },
    artefactsOf(rendered) {
      const artefacts = printed.get(rendered) ?? artefactsOf(rendered);
      printed.set(rendered, artefacts);
      return artefacts;
    },
  };
}

/** The same neighbours; what they are asked is written down. */
function overheard(neighbours: Neighbours): { readonly listening: Neighbours; readonly answers: readonly Answer[] } {
  const answers: Answer[] = [];
  const listening: Neighbours = {
    find(kind, name) {
      const found = neighbours.find(kind, name);
      answers.push((others) => others.find(kind, name) === found);
      return found;
    },
    names(kind) {
      const names = neighbours.names(kind);
      answers.push((others) => others.names(kind).join(' ') === names.join(' '));
      return names;
    },
  };
  return { listening, answers };
}
