import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { HalfDone, TimedOut, toServiceError } from "./half-done.ts";
import { StandInProvider, typeOf } from "./provider.ts";
import { ResourceRpc } from "./rpc.ts";
import { type Package, packages, Sdk } from "./sdk.ts";
import { type Standing, Store } from "./store.ts";
import { fromWire } from "./wire.ts";

/** A change that the engine asks for; previews are none. */
export interface Operation {
  readonly kind: "create" | "update" | "delete";
  readonly type: string;
  readonly urn: string;
  /** Counts from 1 over all providers of this cloud. */
  readonly count: number;
  /** `after`: the cloud has done it, the engine has not heard of it yet. */
  readonly phase: "before" | "after";
}

export interface CloudOptions {
  /** Called around each change: throw to make it fail, kill the engine to leave it half done, wait to slow it down. */
  readonly onOperation?: (operation: Operation) => void | Promise<void>;
  /** What a provider says against its own configuration, such as that there are no credentials. */
  readonly onConfiguration?: (name: Package, step: "check" | "configure") => string | undefined;
}

/** The stand-in cloud: providers that the real engine attaches to. */
export interface Cloud {
  /** For the engine's environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly store: (name: Package) => Store;
  /** Everything that stands, over all providers. */
  readonly standing: () => readonly Standing[];
  readonly stop: () => void;
}

const sdks = new Map<Package, Sdk>();

function sdkOf(name: Package): Sdk {
  const sdk = sdks.get(name) ?? new Sdk(name);
  sdks.set(name, sdk);
  return sdk;
}

/** Starts the providers on loopback; their state lies in `directory` and outlives them. */
export async function startCloud(directory: string, options: CloudOptions = {}): Promise<Cloud> {
  const stores = new Map(packages.map((name) => [name, new Store(directory, name)] as const));
  const store = (name: Package): Store => {
    const found = stores.get(name);
    if (found === undefined) throw new Error(`no provider ${name}`);
    return found;
  };
  let count = 0;
  const around = async <T>(kind: Operation["kind"], urn: string, change: () => T): Promise<T> => {
    const operation = { kind, urn, type: typeOf(urn), count: ++count };
    await options.onOperation?.({ ...operation, phase: "before" });
    const result = change();
    await options.onOperation?.({ ...operation, phase: "after" });
    return result;
  };
  const started = await Promise.all(
    packages.map((name) => {
      const refused: Refused = (step) => options.onConfiguration?.(name, step);
      return startProvider(new StandInProvider(sdkOf(name), store(name)), around, refused);
    }),
  );
  return {
    environment: {
      PULUMI_DEBUG_PROVIDERS: packages.map((name, index) => `${name}:${started[index]?.port}`).join(","),
    },
    store,
    standing: () => packages.flatMap((name) => store(name).all()),
    stop: () => {
      for (const { server } of started) server.forceShutdown();
    },
  };
}

type Refused = (step: "check" | "configure") => string | undefined;
type Around = <T>(kind: Operation["kind"], urn: string, change: () => T) => Promise<T>;

async function startProvider(provider: StandInProvider, around: Around, refused: Refused) {
  const server = new grpc.Server();
  const own = administration(provider, refused);
  server.addService(service.ResourceProviderService, { ...own, ...resources(provider, around) });
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind("127.0.0.1:0", grpc.ServerCredentials.createInsecure());
  return { server, port };
}

/** A gRPC handler from a function; what it throws reaches the engine as the provider's error. */
function answer<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(toServiceError(error)),
      );
  };
}

const nothing = () => new empty.Empty();

function administration(provider: StandInProvider, refused: Refused): grpc.UntypedServiceImplementation {
  return {
    getPluginInfo: answer(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(provider.sdk.version);
      return info;
    }),
    getSchema: answer(() => new proto.GetSchemaResponse()),
    attach: answer(nothing),
    cancel: answer(nothing),
    checkConfig: answer((request: messages.CheckRequest) => {
      const response = new proto.CheckResponse();
      response.setInputs(request.getNews());
      const reason = refused("check");
      if (reason !== undefined) response.setFailuresList([new proto.CheckFailure().setReason(reason)]);
      return response;
    }),
    diffConfig: answer(() => new proto.DiffResponse()),
    configure: answer((request: messages.ConfigureRequest) => {
      const { region } = fromWire(request.getArgs()).values;
      if (typeof region === "string") provider.region = region;
      const reason = refused("configure");
      if (reason !== undefined) throw new Error(reason);
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),
    invoke: answer((request: messages.InvokeRequest) => {
      throw new Error(`the stand-in cloud answers no lookups: ${request.getTok()}`);
    }),
  };
}

/** A change whose time-out leaves something that the engine gets to know. */
async function making<T extends messages.CreateResponse | messages.UpdateResponse>(
  around: Around,
  kind: Operation["kind"],
  urn: string,
  change: () => T,
  idOf: (made: T) => string,
): Promise<T> {
  let made: T | undefined;
  const doing = () => {
    made = change();
    return made;
  };
  try {
    return await around(kind, urn, doing);
  } catch (error) {
    if (error instanceof TimedOut && made !== undefined) throw new HalfDone(error, idOf(made), made.getProperties());
    throw error;
  }
}

function resources(provider: StandInProvider, around: Around): grpc.UntypedServiceImplementation {
  const rpc = new ResourceRpc(provider);
  return {
    check: answer((request: messages.CheckRequest) => rpc.check(request)),
    diff: answer((request: messages.DiffRequest) => rpc.diff(request)),
    read: answer((request: messages.ReadRequest) => rpc.read(request)),
    create: answer((request: messages.CreateRequest) =>
      request.getPreview()
        ? rpc.create(request)
        : making(
            around,
            "create",
            request.getUrn(),
            () => rpc.create(request),
            (made) => made.getId(),
          ),
    ),
    update: answer((request: messages.UpdateRequest) =>
      request.getPreview()
        ? rpc.update(request)
        : making(
            around,
            "update",
            request.getUrn(),
            () => rpc.update(request),
            () => request.getId(),
          ),
    ),
    delete: answer((request: messages.DeleteRequest) =>
      around("delete", request.getUrn(), () => rpc.delete(request)).then(nothing),
    ),
  };
}
