import type { Code, Location, Note, Report } from '../diagnostics';
import { severityOf } from '../diagnostics';
import type { Part, SpecDocument } from '../spec/document';

/** Reports what is wrong with the meaning of one document, and remembers whether any of it was an error. */
export interface Problems {
  /** Adds a diagnostic at a field of the document. */
  readonly add: (code: Code, pointer: string, message: string, notes?: readonly Note[]) => void;
  readonly locate: (pointer: string, part?: Part) => Location;
  /** Whether the document becomes nothing: after an error, unless it is on trial. */
  readonly anyError: () => boolean;
}

/** Collects the problems of one document. */
export function problemsOf(document: SpecDocument, report: Report): Problems {
  let errors = 0;
  return {
    add(code, pointer, message, notes) {
      if (severityOf(code) === 'error') errors += 1;
      report({ code, message, location: document.locate(pointer), ...(notes && { notes }) });
    },
    locate: document.locate,
    anyError: () => errors > 0 && document.isTrial === undefined,
  };
}
