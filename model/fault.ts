/** One thing that is wrong with the configuration: where it stands, what came, what is allowed, what to do. */
export interface Fault {
  /** Key path as a person types it, e.g. `ams:origin.max` or `aws:region`. */
  readonly path: string;
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
}

/** A value as a fault shows it: JSON, cut at 80 characters, strings in quotes; an absent one is "nothing". */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

export function formatFault(fault: Fault): string {
  return `${fault.path}: got ${fault.got}; allowed: ${fault.allowed}. ${fault.fix}`;
}

/** Every fault of a configuration at once; thrown before the first resource is made. */
export class ConfigError extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
    super(
      `the configuration has ${count}; nothing was made:\n${faults.map((f) => `  - ${formatFault(f)}`).join("\n")}`,
    );
    this.name = "ConfigError";
    this.faults = faults;
    // The program's user reads the faults; where in the program they were found is of no use to them.
    this.stack = this.message;
  }
}
