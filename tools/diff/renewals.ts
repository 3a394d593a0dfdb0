import type { Unknown } from "../../recording/value.ts";
import type { ResourceChange } from "./change.ts";
import { renewedByUpdate } from "./force-new/force-new.ts";
import type { PlannedResource } from "./planned.ts";
import { canonical } from "./values.ts";

/** Keys of the configuration whose encrypted value is another one, e.g. `panelPassword`. */
export type ChangedSecrets = ReadonlySet<string>;

/** Which values that only a deployment knows will not be what they were. */
export class Renewals {
  /** URNs of resources that are made anew. */
  readonly #made = new Set<string>();
  /** `urn.property` of outputs that an update in place changes. */
  readonly #renewed = new Set<string>();
  readonly #urns = new Map<string, string[]>();
  readonly #secrets: ChangedSecrets;

  constructor(resources: readonly PlannedResource[], secrets: ChangedSecrets) {
    for (const { name, urn } of resources) this.#urns.set(name, [...(this.#urns.get(name) ?? []), urn]);
    this.#secrets = secrets;
  }

  note({ operation, urn, type, after, changes }: ResourceChange): void {
    if (operation === "create" || operation === "replace") this.#made.add(urn);
    // Tags of a launch template and the choice of its default version make no new version.
    if (changes.every(({ path }) => /^(tags|update\w*Version\w*)/.test(path))) return;
    for (const property of renewedByUpdate(type)) if (!(property in after)) this.#renewed.add(`${urn}.${property}`);
  }

  has({ origins, text }: Unknown): boolean {
    const [origin] = origins;
    if (origin === undefined) return false;
    if (this.#isNew(origin.urn, origin.property)) return true;
    return [...(text ?? "").matchAll(/\{([^{}\s]+)\.([\w[\].]+)\}/g)].some(([, name = "", property = ""]) =>
      this.#isNewByName(name, property),
    );
  }

  ofSecret(before: readonly string[], after: readonly string[]): boolean {
    if (canonical([...before].sort()) !== canonical([...after].sort())) return true;
    return after.some((part) => {
      const dot = part.lastIndexOf(".");
      const [name, property] = [part.slice(0, dot), part.slice(dot + 1)];
      return name === "config" ? this.#secrets.has(property.replace(/^ams:/, "")) : this.#isNewByName(name, property);
    });
  }

  #isNew(urn: string, property: string): boolean {
    return this.#made.has(urn) || this.#renewed.has(`${urn}.${property}`);
  }

  #isNewByName(name: string, property: string): boolean {
    return (this.#urns.get(name) ?? []).some((urn) => this.#isNew(urn, property));
  }
}
