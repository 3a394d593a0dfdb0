import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type { StandInProvider } from "./provider.ts";
import type { Standing } from "./store.ts";
import { fromWire, toWire, unknown } from "./wire.ts";

/** Answers the engine's requests about resources; throws what the stand-in cloud refuses. */
export class ResourceRpc {
  private readonly provider: StandInProvider;

  constructor(provider: StandInProvider) {
    this.provider = provider;
  }

  check(request: messages.CheckRequest): messages.CheckResponse {
    const given = fromWire(request.getNews());
    const before = fromWire(request.getOlds()).values;
    const checked = this.provider.check(request.getUrn(), before, given.values, request.getRandomseed_asU8());
    const failures = checked.failures.map((failure) => {
      const message = new proto.CheckFailure();
      message.setProperty(failure.path);
      message.setReason(failure.reason);
      return message;
    });
    const response = new proto.CheckResponse();
    response.setInputs(toWire(checked.inputs, given.secrets));
    response.setFailuresList(failures);
    return response;
  }

  diff(request: messages.DiffRequest): messages.DiffResponse {
    const before = fromWire(request.getOldInputs()).values;
    const after = fromWire(request.getNews()).values;
    const ignored = request.getIgnorechangesList();
    const state = fromWire(request.getOlds()).values;
    const changes = this.provider.diff(request.getUrn(), before, after, state);
    const changed = changes.changed.filter((key) => !ignored.includes(key));
    const response = new proto.DiffResponse();
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    response.setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME);
    response.setDiffsList(changed);
    response.setReplacesList(changed.filter((key) => changes.replacing.includes(key)));
    response.setDeletebeforereplace(changes.deleteFirst);
    response.setHasdetaileddiff(true);
    for (const key of changed) {
      const detail = new proto.PropertyDiff();
      detail.setKind(kindOf(before[key] === undefined, after[key] === undefined, changes.replacing.includes(key)));
      detail.setInputdiff(true);
      response.getDetaileddiffMap().set(key, detail);
    }
    return response;
  }

  create(request: messages.CreateRequest): messages.CreateResponse {
    const made = this.provider.create(request.getUrn(), fromWire(request.getProperties()), request.getPreview());
    const response = new proto.CreateResponse();
    response.setId(made.id);
    response.setProperties(outputsOf(made));
    return response;
  }

  update(request: messages.UpdateRequest): messages.UpdateResponse {
    const news = fromWire(request.getNews());
    const made = this.provider.update(request.getUrn(), request.getId(), news, request.getPreview());
    const response = new proto.UpdateResponse();
    response.setProperties(outputsOf(made));
    return response;
  }

  read(request: messages.ReadRequest): messages.ReadResponse {
    const standing: Standing | undefined = this.provider.read(request.getUrn(), request.getId());
    const response = new proto.ReadResponse();
    if (standing === undefined) return response;
    response.setId(standing.id);
    response.setInputs(toWire(standing.inputs, standing.secrets));
    response.setProperties(outputsOf(standing));
    return response;
  }

  delete(request: messages.DeleteRequest): void {
    this.provider.delete(request.getUrn(), request.getId());
  }
}

/** The real providers are made from Terraform's, in whose attributes the id is one. */
const outputsOf = ({ id, outputs, secrets }: Standing) => toWire({ ...outputs, id: id === "" ? unknown : id }, secrets);

function kindOf(added: boolean, removed: boolean, replacing: boolean): messages.PropertyDiff.Kind {
  const { Kind } = proto.PropertyDiff;
  if (added) return replacing ? Kind.ADD_REPLACE : Kind.ADD;
  if (removed) return replacing ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replacing ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}
