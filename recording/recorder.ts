import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { Marks } from "./marks.ts";
import { type RecordedResource, stackType, toResource } from "./resource.ts";
import { listOutputs, lookups } from "./shapes.ts";
import type { Origin, Value } from "./value.ts";

export interface Lookup {
  readonly token: string;
  readonly inputs: Value;
}

type Fields = Readonly<Record<string, unknown>>;

interface Expected {
  readonly request: RegisterResourceRequest;
  readonly urn: string;
}

/**
 * What a program registers, and the answers: what was given and stand-ins for the rest; in a preview, like the engine,
 * nothing for the rest.
 */
export class Recorder implements pulumi.runtime.Mocks {
  readonly registered: RecordedResource[] = [];
  readonly lookups: Lookup[] = [];
  /** Registered outputs of stack and components, by URN. */
  readonly outputs = new Map<string, Readonly<Record<string, Value>>>();
  readonly #marks = new Marks();
  readonly #preview: boolean;
  readonly #properties = new Map<string, Set<string>>();
  readonly #computed = new Map<string, readonly string[]>();
  readonly #order: string[] = [];
  readonly #expected = new Map<string, Expected[]>();
  /** Of each resource's id, what answers for an output that was not given. */
  readonly #unread = new Map<string, (property: string) => unknown>();
  #stackUrn = "";

  constructor(preview: boolean) {
    this.#preview = preview;
  }

  /** A secret of the configuration whose value nobody has: a plan runs without the passphrase. */
  hidden(key: string): string {
    return this.#marks.mark({ urn: "config", name: "config", property: key, secret: true });
  }

  /**
   * Sees each resource as it is constructed, with the names of its outputs: the SDK lists them among the properties,
   * undefined, and leaves them out of the registration. It makes two dozen promises for each, read or not, which is half
   * of what a plan takes; here an output is made when it is read.
   */
  readonly transformation: pulumi.ResourceTransformation = ({ resource, type, name, props, opts }) => {
    const fields: Fields = props;
    const known = this.#properties.get(type) ?? new Set();
    for (const property of Object.keys(fields)) known.add(property);
    this.#properties.set(type, known);
    const key = `${type}::${name}`;
    this.#computed.set(
      key,
      Object.keys(fields).filter((property) => pulumi.Output.isInstance(fields[property])),
    );
    this.#order.push(key);
    return resource instanceof pulumi.CustomResource ? { props: this.#whenRead(resource, fields), opts } : undefined;
  };

  #whenRead(resource: pulumi.CustomResource, fields: Fields): Fields {
    const given: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(fields)) {
      const get = () => resource.id.apply((id) => this.#unread.get(id)?.(key));
      if (value === undefined) Object.defineProperty(resource, key, { get, enumerable: true, configurable: true });
      else given[key] = value;
    }
    return given;
  }

  /** How many resources the program has constructed, registered or not yet. */
  get constructed(): number {
    return this.#order.length;
  }

  /** Names of what a type takes and gives, as far as the program made one. */
  propertiesOf(type: string): ReadonlySet<string> {
    return this.#properties.get(type) ?? new Set();
  }

  /** The resources in the order in which the program makes them. */
  resources(): readonly RecordedResource[] {
    const places = new Map(this.#order.map((key, index) => [key, index]));
    const placeOf = ({ type, name }: RecordedResource): number => places.get(`${type}::${name}`) ?? 0;
    return [...this.registered].sort((a, b) => placeOf(a) - placeOf(b));
  }

  /** The stack's own outputs. */
  stackOutputs(): Readonly<Record<string, Value>> {
    return this.outputs.get(this.#stackUrn) ?? {};
  }

  /** The whole of a registration, before the mock monitor asks for what it makes. */
  expect(request: RegisterResourceRequest, urn: string): void {
    const key = `${request.getType()}::${request.getName()}`;
    this.#expected.set(key, [...(this.#expected.get(key) ?? []), { request, urn }]);
  }

  newResource({ type, name }: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult {
    const expected = this.#expected.get(`${type}::${name}`)?.shift();
    if (expected === undefined)
      throw new Error(`${name} (${type}) was registered by a request that the recorder does not support`);
    const { request, urn } = expected;
    const given: Fields = request.getObject()?.toJavaScript() ?? {};
    if (type === stackType) this.#stackUrn = urn;
    else this.registered.push(toResource(request, urn, this.#readAll(given, urn)));
    this.#refuseLost(request, given);
    if (!request.getCustom()) return { id: "", state: {} };
    if (this.#preview) return { id: "", state: given };
    const id = this.#marks.mark(originOf(request, urn, "id"));
    this.#unread.set(id, (property) => this.#answer(request, urn, property));
    return { id, state: given };
  }

  call({ token, inputs }: pulumi.runtime.MockCallArgs): pulumi.runtime.MockCallResult {
    const fields = lookups[token];
    if (fields === undefined) {
      const details = `${token}: only declared lookups work without an account (recording/shapes.ts)`;
      // The runtime shows `details` alone.
      throw Object.assign(new Error(details), { details });
    }
    const origin = { urn: token, name: token, secret: false };
    this.lookups.push({ token, inputs: this.#read(inputs, token) });
    return Object.fromEntries(fields.map((property) => [property, this.#marks.mark({ ...origin, property })]));
  }

  registerOutputs(urn: string, fields: Fields): void {
    this.outputs.set(urn, this.#readAll(fields, urn));
  }

  #answer(request: RegisterResourceRequest, urn: string, property: string): unknown {
    const origin = originOf(request, urn, property);
    const fields = listOutputs[request.getType()]?.[property];
    if (fields !== undefined) {
      const one = fields.map((field) => [field, this.#marks.mark({ ...origin, property: `${property}[0].${field}` })]);
      return [Object.fromEntries(one)];
    }
    const mark = this.#marks.mark(origin);
    return origin.secret ? pulumi.secret(mark) : mark;
  }

  /** An input that was computed from outputs and came to nothing has reached into a stand-in. */
  #refuseLost(request: RegisterResourceRequest, given: Fields): void {
    if (this.#preview) return;
    const computed = this.#computed.get(`${request.getType()}::${request.getName()}`) ?? [];
    const lost = computed.filter((property) => !(property in given) || hasNull(given[property]));
    if (lost.length > 0) throw new Error(`${lost.join(", ")}: computed from outputs, but never resolved`);
  }

  #readAll(fields: Fields, urn: string): Readonly<Record<string, Value>> {
    return Object.fromEntries(Object.entries(fields).map(([key, raw]) => [key, this.#read(raw, urn)]));
  }

  #read(raw: unknown, urn: string): Value {
    return this.#marks.read(raw, { urn, name: urn.split("::").at(-1) ?? urn, property: "?", secret: false });
  }
}

function originOf(request: RegisterResourceRequest, urn: string, property: string): Origin {
  const secret = request.getAdditionalsecretoutputsList().includes(property);
  return { urn, name: request.getName(), property, secret };
}

function hasNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === "object" && Object.values(value).some(hasNull);
}
