import * as pulumi from "@pulumi/pulumi";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import type { Recorder } from "./recorder.ts";
import { stackType } from "./resource.ts";

type Callback<Response = unknown> = (error: unknown, response: Response | undefined) => void;

/**
 * The SDK's own mock monitor, which speaks the protocol of its version. Its mocks are told a type, a name and inputs
 * (pulumi/pulumi#14421); here each request goes to the recorder whole, and resources are named as the engine does.
 */
export class RecordingMonitor extends MockMonitor {
  readonly #recorder: Recorder;

  constructor(recorder: Recorder) {
    super(recorder);
    this.#recorder = recorder;
  }

  override registerResource(request: RegisterResourceRequest, callback: Callback): Promise<void> {
    const urn = urnOf(request);
    this.#recorder.expect(request, urn);
    return super.registerResource(request, (error, response: RegisterResourceResponse | undefined) => {
      if (response !== undefined) this.#rename(response, urn);
      callback(error, response);
    });
  }

  override async readResource(request: ReadResourceRequest, callback: Callback): Promise<void> {
    callback(new Error(`${request.getName()} must be read from the cloud, which is not possible in a plan`), undefined);
  }

  override registerResourceOutputs(request: RegisterResourceOutputsRequest, callback: Callback): void {
    this.#recorder.registerOutputs(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {});
    super.registerResourceOutputs(request, callback);
  }

  /** The mock monitor's names hold the stack's type and, of all ancestors, the parent's alone. */
  #rename(response: RegisterResourceResponse, urn: string): void {
    const registered = this.resources.get(response.getUrn());
    this.resources.delete(response.getUrn());
    if (registered !== undefined) this.resources.set(urn, { ...registered, urn });
    response.setUrn(urn);
  }
}

/** As the engine names resources: with the types of all ancestors, but for the stack's. */
function urnOf(request: RegisterResourceRequest): string {
  const parentType = request.getParent().split("::")[2] ?? stackType;
  const type = parentType === stackType ? request.getType() : `${parentType}$${request.getType()}`;
  return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${request.getName()}`;
}
