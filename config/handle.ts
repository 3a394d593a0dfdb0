/**
 * A value that a program knows only when it is deployed, such as the id of a subnet that the same program makes. The model
 * carries it and never looks inside; an adapter hands it to the resources.
 */
export class Deferred {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  /** What the program gave. */
  get value(): unknown {
    return this.#value;
  }

  toJSON(): string {
    return "(known after deployment)";
  }
}

/** Id, or name, of something that exists already: as a text, or as the output of a resource of the same program. */
export type Handle = string | Deferred;

export const isKnown = (handle: Handle): handle is string => typeof handle === "string";
