import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Value, Values } from "./wire.ts";

/** One thing that stands in the stand-in cloud. */
export interface Standing {
  readonly id: string;
  readonly type: string;
  readonly urn: string;
  readonly inputs: Values;
  readonly outputs: Values;
  /** Properties that came or go as secrets. */
  readonly secrets: readonly string[];
  /** What the machines of a scaling group were started from. */
  readonly machines?: string;
}

interface Content {
  readonly standing: readonly Standing[];
  /** Ids that stood once: nothing may refer to them any more. */
  readonly gone: readonly string[];
  /** Names that stay taken for a while after their deletion. */
  readonly reserved: readonly string[];
  readonly serial: number;
}

const empty: Content = { standing: [], gone: [], reserved: [], serial: 0 };

/** The state of one cloud: a JSON file, written whole after each change, so that it outlives the process. */
export class Store {
  private readonly file: string;
  private content: Content;

  constructor(directory: string, name: string) {
    mkdirSync(directory, { recursive: true });
    this.file = join(directory, `${name}.json`);
    this.content = read(this.file);
  }

  /** What a bucket takes along that is told to: its objects, also those that the stack has forgotten. */
  emptiedWith({ id, inputs }: Standing): readonly Standing[] {
    if (inputs["forceDestroy"] !== true) return [];
    return this.all().filter((other) => /bucketObject/i.test(other.type) && other.inputs["bucket"] === id);
  }

  all(): readonly Standing[] {
    return this.content.standing;
  }

  find(type: string, id: string): Standing | undefined {
    return this.content.standing.find((standing) => standing.type === type && standing.id === id);
  }

  isGone(id: string): boolean {
    return this.content.gone.includes(id);
  }

  isReserved(name: string): boolean {
    return this.content.reserved.includes(name);
  }

  nextSerial(): number {
    // Kept with what it is for: a number that was never used may come again.
    this.content = { ...this.content, serial: this.content.serial + 1 };
    return this.content.serial;
  }

  put(standing: Standing): void {
    const gone = this.content.gone.filter((id) => id !== standing.id);
    this.write({ ...this.content, gone, standing: [...this.without(standing.type, standing.id), standing] });
  }

  /** `forget`: the id never comes back, so that a later reference to it is an error. */
  remove({ type, id }: Standing, reserve: readonly string[], forget: boolean): void {
    this.write({
      ...this.content,
      standing: this.without(type, id),
      reserved: [...this.content.reserved, ...reserve],
      gone: forget ? [...this.content.gone, id] : this.content.gone,
    });
  }

  /** What a person does in the console, behind the engine's back. */
  drift(type: string, id: string, key: string, value: Value): void {
    const standing = this.find(type, id);
    if (standing === undefined) throw new Error(`no ${type} ${id}`);
    this.put({
      ...standing,
      inputs: { ...standing.inputs, [key]: value },
      outputs: { ...standing.outputs, [key]: value },
    });
  }

  private without(type: string, id: string): readonly Standing[] {
    return this.content.standing.filter((standing) => standing.type !== type || standing.id !== id);
  }

  private write(content: Content): void {
    this.content = content;
    writeFileSync(`${this.file}.new`, JSON.stringify(content));
    renameSync(`${this.file}.new`, this.file);
  }
}

function read(file: string): Content {
  try {
    return { ...empty, ...JSON.parse(readFileSync(file, "utf8")) };
  } catch {
    return empty;
  }
}
