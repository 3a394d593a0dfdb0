import * as grpc from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/** Thrown by a test's hook after a change: the provider has waited long enough for what it did to become ready. */
export class TimedOut extends Error {}

/** What a provider says then: the resource stands under this id, and is not what was asked for yet. */
export class HalfDone extends Error {
  readonly id: string;
  readonly properties: Struct | undefined;

  constructor(reason: TimedOut, id: string, properties: Struct | undefined) {
    super(reason.message);
    this.id = id;
    this.properties = properties;
  }
}

/** An error as gRPC carries it; the engine reads what is half done from a detail (sdk/nodejs/provider/server.ts). */
export function toServiceError(error: unknown): Partial<grpc.StatusObject> {
  const details = String(error).replace(/^Error: /, "");
  if (!(error instanceof HalfDone)) return { code: grpc.status.UNKNOWN, details };
  const detail = new proto.ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(error.properties);
  detail.setReasonsList([error.message]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const whole = new status.Status();
  whole.setCode(grpc.status.UNKNOWN);
  whole.setMessage(error.message);
  whole.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details, metadata };
}
