import { checkObjects } from '../compiler/check-objects';
import {
  CATALOGUE,
  type Code,
  compareDiagnostics,
  type Diagnostic,
  type Severity,
  severityOf,
  showControls,
} from '../compiler/diagnostics';
import { documentFromData, type SpecDocument } from '../compiler/spec/document';

/** `properties` of the plugin in cdk8s.yaml. */
export interface BalancerValidationProps {
  /**
   * From which severity on `cdk8s synth` fails.
   * @default "error"
   */
  readonly failOn?: Severity | 'never';
}

/** What `cdk8s synth` hands to a validation plugin, as far as it is used: cdk8s-cli, src/plugins/validation.ts. */
export interface ValidationContext {
  /** Paths of the manifests. */
  readonly manifests: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: the type of cdk8s-cli
  parseManifest(path: string): any[];
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly ViolatingResource[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

/** An object that breaks a rule, and where. */
export interface ViolatingResource {
  readonly resourceName: string;
  readonly locations: readonly string[];
  readonly manifestPath: string;
}

/** An object of a manifest, by the name that its diagnostics have for a file. */
interface PlacedResource extends Omit<ViolatingResource, 'locations'> {
  readonly document: SpecDocument;
}

const FAILING: Readonly<Record<Severity | 'never', readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  never: [],
};

/**
 * The rules of `balancer check` as a validation plugin of cdk8s (`validations:` in cdk8s.yaml), over the manifests of any
 * cdk8s app. It loads no cdk8s.
 */
export class BalancerValidation {
  private readonly failOn: Severity | 'never';

  constructor({ failOn = 'error' }: BalancerValidationProps = {}) {
    if (!Object.hasOwn(FAILING, failOn)) {
      throw new Error(`failOn is "error", "warning" or "never", got ${JSON.stringify(failOn)}`);
    }
    this.failOn = failOn;
  }

  /** Checks the manifests and submits the report: a violation per code, with every object that earned it. */
  async validate(context: ValidationContext): Promise<void> {
    const { report } = context;
    const resources = resourcesIn(context);
    const diagnostics: Diagnostic[] = [];
    let accepted = 0;
    checkObjects(
      [...resources.values()].map(({ document }) => document),
      (diagnostic) => diagnostics.push(diagnostic),
      () => {
        accepted += 1;
      },
    );
    diagnostics.sort(compareDiagnostics);
    for (const [code, found] of byCode(diagnostics)) {
      const { name, severity, reason, hint } = CATALOGUE[code];
      const violatingResources = resourcesOf(found, resources);
      report.addViolation({
        ruleName: `${severity} ${code} (${name})`,
        recommendation: reason,
        fix: hint,
        violatingResources,
      });
    }
    const failed = diagnostics.some(({ code }) => FAILING[this.failOn].includes(severityOf(code)));
    const count = (severity: Severity) =>
      String(diagnostics.filter(({ code }) => severityOf(code) === severity).length);
    const counts = { errors: count('error'), warnings: count('warning'), accepted: String(accepted) };
    report.submit(failed ? 'failure' : 'success', counts);
  }
}

function resourcesIn(context: ValidationContext): ReadonlyMap<string, PlacedResource> {
  const resources = new Map<string, PlacedResource>();
  for (const manifestPath of context.manifests) {
    for (const [index, value] of context.parseManifest(manifestPath).entries()) {
      if (typeof value !== 'object' || value === null) continue;
      // The number keeps objects apart, and in their order.
      const id = `${manifestPath}#${String(index).padStart(6, '0')}`;
      const resourceName = showControls(String(value.metadata?.name ?? value.metadata?.generateName ?? ''));
      resources.set(id, { resourceName, manifestPath, document: documentFromData(id, value) });
    }
  }
  return resources;
}

function byCode(diagnostics: readonly Diagnostic[]): readonly (readonly [Code, readonly Diagnostic[]])[] {
  const groups = new Map<Code, Diagnostic[]>();
  for (const diagnostic of diagnostics)
    groups.set(diagnostic.code, [...(groups.get(diagnostic.code) ?? []), diagnostic]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function resourcesOf(
  diagnostics: readonly Diagnostic[],
  resources: ReadonlyMap<string, PlacedResource>,
): readonly ViolatingResource[] {
  const locations = new Map<string, string[]>();
  for (const { location, message, notes = [] } of diagnostics) {
    const others = notes.map((note) => {
      const other = note.location && resources.get(note.location.file);
      return other ? `${note.message}: ${other.manifestPath}, "${other.resourceName}"` : note.message;
    });
    const text = showControls([`${location.pointer || '/'}: ${message}`, ...others].join('; '));
    locations.set(location.file, [...(locations.get(location.file) ?? []), text]);
  }
  return [...locations].map(([id, texts]) => {
    const { resourceName, manifestPath } = resources.get(id) as PlacedResource;
    return { resourceName, manifestPath, locations: texts };
  });
}
