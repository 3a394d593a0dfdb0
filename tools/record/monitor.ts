import * as pulumi from "@pulumi/pulumi";
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import * as rpc from "@pulumi/pulumi/runtime/rpc.js";
import { Marks } from "./marks.ts";
import { type RecordedResource, stackType, toResource } from "./resource.ts";
import { listOutputs, lookups } from "./shapes.ts";
import type { Origin, Value } from "./value.ts";

export interface Lookup {
  readonly token: string;
  readonly inputs: Value;
}

type Callback = (error: unknown, response: unknown) => void;
type Fields = Readonly<Record<string, unknown>>;

/** What the runtime reads of an answer; a plain object does, as nothing crosses a wire. */
const asStruct = (fields: Fields) => ({ toJavaScript: () => fields });

const secret = (value: unknown): Fields => ({ [rpc.specialSigKey]: rpc.specialSecretSig, value });

/**
 * Stands in for the engine: sees each registration whole, which the SDK's own mocks don't pass on (pulumi/pulumi#14421),
 * and answers with what was given and stand-ins for the rest; in a preview, like the engine, with nothing for the rest.
 */
export class RecordingMonitor {
  readonly registered: RecordedResource[] = [];
  readonly lookups: Lookup[] = [];
  /** Registered outputs of stack and components, by URN. */
  readonly outputs = new Map<string, Readonly<Record<string, Value>>>();
  readonly #marks = new Marks();
  readonly #preview: boolean;
  readonly #properties = new Map<string, Set<string>>();
  readonly #computed = new Map<string, readonly string[]>();
  readonly #order: string[] = [];
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
   * undefined, and leaves them out of the registration.
   */
  readonly transformation: pulumi.ResourceTransformation = ({ type, name, props }) => {
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
    return undefined;
  };

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

  async registerResource(request: RegisterResourceRequest, callback: Callback): Promise<void> {
    try {
      callback(null, this.#register(request));
    } catch (error) {
      callback(error, undefined);
    }
  }

  async readResource(request: RegisterResourceRequest, callback: Callback): Promise<void> {
    callback(new Error(`${request.getName()} is read from the cloud, which a plan can't do`), undefined);
  }

  async invoke(request: ResourceInvokeRequest, callback: Callback): Promise<void> {
    const token = request.getTok();
    const fields = lookups[token];
    if (fields === undefined) {
      // The runtime shows `details` alone.
      callback(
        { details: `${token}: only declared lookups run without an account (tools/record/shapes.ts)` },
        undefined,
      );
      return;
    }
    const origin = { urn: token, name: token, secret: false };
    this.lookups.push({ token, inputs: this.#read(request.getArgs()?.toJavaScript() ?? {}, token) });
    const answer = fields.map((property) => [property, this.#marks.mark({ ...origin, property })]);
    callback(null, { getReturn: () => asStruct(Object.fromEntries(answer)), getFailuresList: () => [] });
  }

  registerResourceOutputs(request: RegisterResourceOutputsRequest, callback: Callback): void {
    const urn = request.getUrn();
    const fields: Fields = request.getOutputs()?.toJavaScript() ?? {};
    this.outputs.set(urn, this.#readAll(fields, urn));
    callback(null, {});
  }

  /** Inputs come as plain values, not as the wrapped outputs that only remote components need. */
  supportsFeature(request: SupportsFeatureRequest, callback: Callback): void {
    const hasSupport = request.getId() !== "outputValues";
    callback(null, { getHassupport: () => hasSupport });
  }

  #register(request: RegisterResourceRequest): object {
    const type = request.getType();
    const urn = this.#urnOf(request);
    const given: Fields = request.getObject()?.toJavaScript() ?? {};
    if (type === stackType) this.#stackUrn = urn;
    else this.registered.push(toResource(request, urn, this.#readAll(given, urn)));
    this.#refuseLost(request, given);
    return {
      getUrn: () => urn,
      getId: () => (request.getCustom() && !this.#preview ? this.#answer(request, urn, "id") : ""),
      getObject: () => asStruct(request.getCustom() ? this.#answers(request, urn, given) : {}),
      getPropertydependenciesMap: () => undefined,
      getResult: () => 0,
    };
  }

  /** As the engine names resources: with the types of all ancestors, but for the stack's. */
  #urnOf(request: RegisterResourceRequest): string {
    const parentType = request.getParent().split("::")[2] ?? stackType;
    const type = parentType === stackType ? request.getType() : `${parentType}$${request.getType()}`;
    return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${request.getName()}`;
  }

  #answers(request: RegisterResourceRequest, urn: string, given: Fields): Fields {
    if (this.#preview) return given;
    const properties = [...(this.#properties.get(request.getType()) ?? [])].filter((property) => !(property in given));
    return { ...given, ...Object.fromEntries(properties.map((key) => [key, this.#answer(request, urn, key)])) };
  }

  #answer(request: RegisterResourceRequest, urn: string, property: string): unknown {
    const isSecret = request.getAdditionalsecretoutputsList().includes(property);
    const origin: Origin = { urn, name: request.getName(), property, secret: isSecret };
    const fields = listOutputs[request.getType()]?.[property];
    if (fields !== undefined) {
      const one = fields.map((field) => [field, this.#marks.mark({ ...origin, property: `${property}[0].${field}` })]);
      return [Object.fromEntries(one)];
    }
    const mark = this.#marks.mark(origin);
    return isSecret ? secret(mark) : mark;
  }

  /** An input that was computed from outputs and came to nothing has reached into a stand-in. */
  #refuseLost(request: RegisterResourceRequest, given: Fields): void {
    if (this.#preview) return;
    const computed = this.#computed.get(`${request.getType()}::${request.getName()}`) ?? [];
    const lost = computed.filter((property) => !(property in given) || hasNull(given[property]));
    if (lost.length > 0) throw new Error(`${lost.join(", ")}: computed from outputs, and nothing came of it`);
  }

  #readAll(fields: Fields, urn: string): Readonly<Record<string, Value>> {
    return Object.fromEntries(Object.entries(fields).map(([key, raw]) => [key, this.#read(raw, urn)]));
  }

  #read(raw: unknown, urn: string): Value {
    return this.#marks.read(raw, { urn, name: urn.split("::").at(-1) ?? urn, property: "?", secret: false });
  }
}

function hasNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === "object" && Object.values(value).some(hasNull);
}
