import { runtime } from "@pulumi/pulumi";
import { type Origin, Secret, Unknown, type Value } from "./value.ts";

/**
 * Stand-ins for values that only a deployment knows. A stand-in is a short text between two private-use characters, so
 * it survives interpolation, JSON and case changes, and is found again in what the program made of it.
 */
export class Marks {
  readonly #origins: Origin[] = [];
  readonly #known = new Map<string, string>();

  mark(origin: Origin): string {
    const key = `${origin.urn}.${origin.property}`;
    const mark = this.#known.get(key) ?? `\uE000${this.#origins.push(origin) - 1}\uE001`;
    this.#known.set(key, mark);
    return mark;
  }

  /** A serialized property as the program meant it. `unknownOrigin` is for a preview, whose unknowns have no name. */
  read(raw: unknown, unknownOrigin: Origin): Value {
    if (typeof raw === "string")
      return raw === runtime.unknownValue ? new Unknown([unknownOrigin]) : this.#readText(raw);
    if (typeof raw === "number" || typeof raw === "boolean" || raw === null) return raw;
    if (Array.isArray(raw)) return raw.map((part) => this.read(part, unknownOrigin));
    if (typeof raw !== "object") throw new Error(`an input has the unsupported type ${typeof raw}`);
    const fields = new Map(Object.entries(raw));
    const kind = fields.get(runtime.specialSigKey);
    if (kind === runtime.specialSecretSig) return new Secret(this.read(fields.get("value"), unknownOrigin));
    if (kind === runtime.specialResourceSig) return this.read(fields.get("id") ?? fields.get("urn"), unknownOrigin);
    fields.delete(runtime.specialSigKey);
    return Object.fromEntries([...fields].map(([key, part]) => [key, this.read(part, unknownOrigin)]));
  }

  #readText(text: string): Value {
    const origins: Origin[] = [];
    const readable = text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => {
      const origin = this.#origins[Number(index)];
      if (origin === undefined) throw new Error(`unknown placeholder: ${index}`);
      origins.push(origin);
      return `{${origin.name}.${origin.property}}`;
    });
    if (/[\uE000\uE001]/.test(readable)) throw new Error("part of an output was used as a plain value");
    const [first] = origins;
    if (first === undefined) return text;
    const alone = readable === `{${first.name}.${first.property}}`;
    return alone ? new Unknown([first]) : new Unknown(origins, readable);
  }
}
