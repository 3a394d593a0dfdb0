import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as grpc from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/language_grpc_pb.js";

/**
 * Serves the program of the project in the given directory to `pulumi --client`, in the way of Pulumi's Automation API, whose
 * server this is; loaded once for many runs. Prints its address.
 */

interface AutomationServer {
  readonly LanguageServer: new (program: () => Promise<unknown>) => grpc.UntypedServiceImplementation;
}

/** Internal to the SDK, so without declarations. */
const { LanguageServer }: AutomationServer = createRequire(import.meta.url)("@pulumi/pulumi/automation/server.js");

const mostBytes = 400 * 1024 * 1024;

const [directory = "."] = process.argv.slice(2);
const { default: program } = await import(pathToFileURL(join(directory, "index.ts")).href);
const server = new grpc.Server({ "grpc.max_receive_message_length": mostBytes });
server.addService(service.LanguageRuntimeService, new LanguageServer(program));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`127.0.0.1:${port}\n`);
});
