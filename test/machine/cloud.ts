import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Cloud as Kind } from "../../config/types.ts";
import { alibabaAccount, awsAccount, type Objects, object } from "./objects.ts";
import { alibabaFault, awsFault, header, key } from "./signatures.ts";
import { emptyZone, route53, type Zone } from "./zone.ts";

/**
 * A cloud's metadata server and secret store on one loopback port. It lets nobody in who doesn't hold the token, the
 * role's temporary key and a right signature, which it computes on its own from what came over the wire.
 */
export interface Cloud extends Objects {
  readonly url: string;
  /** What the store holds, by store and name. */
  readonly secrets: Map<string, string>;
  /** Requests to refuse before the store works again. */
  outages: number;
  /** One line for each call of the store's API. */
  readonly calls: string[];
  /** What the metadata has at some times only, or in the place of the usual, by key. */
  readonly metadata: Map<string, string>;
  /** What other services of the cloud answer, by action; the parameters of a call are its form's. An error refuses it. */
  readonly actions: Map<string, (form: URLSearchParams) => string>;
  /** Lines that the log service has, by group and stream. */
  readonly logs: Map<string, string[]>;
  /** AWS's hosted zone. */
  readonly zone: Zone;
  readonly close: () => Promise<void>;
}

export type { Kind };

const token = "metadata-token";

interface Answer {
  readonly status: number;
  readonly text: string;
}

const refused = (status: number, text: string): Answer => ({ status, text });

function metadata(kind: Kind, request: IncomingMessage, region: string, cloud: Cloud): Answer {
  const name = kind === "aws" ? "x-aws-ec2-metadata-token" : "x-aliyun-ecs-metadata-token";
  const path = (request.url ?? "").replace("/latest/", "");
  if (path === "api/token") {
    const asked = request.method === "PUT" && Number(header(request, `${name}-ttl-seconds`)) > 0;
    return asked ? { status: 200, text: token } : refused(400, "no token without a lifetime");
  }
  if (header(request, name) !== token) return refused(401, "no token");
  const now = cloud.metadata.get(path.replace("meta-data/", ""));
  if (now !== undefined) return { status: 200, text: now };
  const roles = `meta-data/${kind === "aws" ? "iam" : "ram"}/security-credentials/`;
  if (path === roles) return { status: 200, text: "media-role\n" };
  if (path === `${roles}media-role`) return { status: 200, text: JSON.stringify(credentials[kind]) };
  if (path === "meta-data/instance-id") return { status: 200, text: "i-0123" };
  if (kind === "aws" && path === "meta-data/services/domain") return { status: 200, text: "amazonaws.com" };
  if (kind === "aws" && path === "meta-data/services/partition") return { status: 200, text: "aws" };
  if (path === "meta-data/owner-account-id") return { status: 200, text: alibabaAccount };
  if (kind === "aws" && path === "dynamic/instance-identity/document") {
    return { status: 200, text: JSON.stringify({ accountId: awsAccount, region }) };
  }
  if (path === (kind === "aws" ? "meta-data/placement/region" : "meta-data/region-id")) {
    return { status: 200, text: region };
  }
  if (path === (kind === "aws" ? "meta-data/placement/availability-zone" : "meta-data/zone-id")) {
    return { status: 200, text: kind === "aws" ? `${region}a` : `${region}-a` };
  }
  return refused(404, path);
}

const credentials = {
  aws: { AccessKeyId: key.id, SecretAccessKey: key.secret, Token: key.session },
  alibaba: { AccessKeyId: key.id, AccessKeySecret: key.secret, SecurityToken: key.session },
} as const;

/** CloudWatch Logs: a stream before its lines, and each stream made once. */
function logService(target: string, body: string, cloud: Cloud): Answer {
  const { logGroupName, logStreamName, logEvents } = JSON.parse(body);
  const stream = `${logGroupName} ${logStreamName}`;
  const lines = cloud.logs.get(stream);
  if (target.endsWith(".CreateLogStream")) {
    if (lines !== undefined) return refused(400, "ResourceAlreadyExistsException");
    cloud.logs.set(stream, []);
    return { status: 200, text: "" };
  }
  if (lines === undefined) return refused(400, "ResourceNotFoundException");
  lines.push(...logEvents.map(({ message }: { message: string }) => message));
  return { status: 200, text: "{}" };
}

/** Alibaba's log service: whatever is posted is kept as it is; sls.test.ts reads the form and the signature. */
function alibabaLogs(request: IncomingMessage, body: string, cloud: Cloud): Answer {
  if (!header(request, "authorization").startsWith(`LOG ${key.id}:`)) return refused(401, "Unauthorized");
  const store = request.url ?? "";
  cloud.logs.set(store, [...(cloud.logs.get(store) ?? []), body]);
  return { status: 200, text: "" };
}

const serviceOf = (action: string): string => {
  if (action === "PutMetricData") return "monitoring";
  return /AutoScaling|Lifecycle|InstanceHealth/.test(action) ? "autoscaling" : "ec2";
};

function answered(answer: (form: URLSearchParams) => string, form: URLSearchParams): Answer {
  try {
    return { status: 200, text: answer(form) };
  } catch (error) {
    return refused(400, String(error));
  }
}

/** EC2's, Auto Scaling's and CloudWatch's form in, XML out. */
function queried(request: IncomingMessage, body: string, region: string, cloud: Cloud): Answer {
  const form = new URLSearchParams(body);
  const action = form.get("Action") ?? "";
  const fault = awsFault(request, body, region, serviceOf(action));
  if (fault !== undefined) return refused(403, fault);
  cloud.calls.push(`${action} ${form.get("Version")}`);
  const answer = cloud.actions.get(action);
  return answer === undefined ? refused(400, "InvalidAction") : answered(answer, form);
}

/** Another text for a secret that is there. */
function put(cloud: Cloud, key: string, text: string): Answer {
  if (!cloud.secrets.has(key)) return refused(400, "ResourceNotFoundException EntityNotExists");
  cloud.secrets.set(key, text);
  return { status: 200, text: "{}" };
}

function store(kind: Kind, request: IncomingMessage, body: string, region: string, cloud: Cloud): Answer {
  if (kind === "aws" && request.url?.startsWith("/2013-04-01/")) return route53(request, body, cloud.zone);
  if (request.method === "GET") return object(kind, request, region, cloud);
  const target = header(request, "x-amz-target");
  // The log services are never away: whatever a program says would use an outage up that is meant for another call.
  const isLog = target.startsWith("Logs_") || request.url?.startsWith("/logstores/");
  if (cloud.outages > 0 && !isLog) {
    cloud.outages -= 1;
    return refused(503, "ServiceUnavailable");
  }
  if (kind === "aws" && target === "") return queried(request, body, region, cloud);
  if (kind === "aws") {
    const fault = awsFault(request, body, region);
    if (fault !== undefined) return refused(403, fault);
    if (target.startsWith("Logs_")) return logService(target, body, cloud);
    cloud.calls.push(target);
    if (target.endsWith(".PutSecretValue"))
      return put(cloud, `aws:${JSON.parse(body).SecretId}`, JSON.parse(body).SecretString);
    const secret = cloud.secrets.get(`aws:${String(JSON.parse(body).SecretId)}`);
    return secret === undefined
      ? refused(400, "ResourceNotFoundException")
      : { status: 200, text: JSON.stringify({ SecretString: secret }) };
  }
  if (request.url?.startsWith("/logstores/")) return alibabaLogs(request, body, cloud);
  const form = new URLSearchParams(body);
  const fault = alibabaFault(request, form);
  if (fault !== undefined) return refused(403, fault);
  const action = form.get("Action") ?? "";
  cloud.calls.push(`${action} ${form.get("Version")} ${form.get("RegionId")}`);
  const other = cloud.actions.get(action);
  if (other !== undefined) return answered(other, form);
  if (action === "UpdateSecretParameter") return put(cloud, `oos:${form.get("Name")}`, form.get("Value") ?? "");
  if (action === "PutSecretValue") return put(cloud, `kms:${form.get("SecretName")}`, form.get("SecretData") ?? "");
  const [product, name] = action === "GetSecretParameter" ? ["oos", form.get("Name")] : ["kms", form.get("SecretName")];
  const secret = cloud.secrets.get(`${product}:${name}`);
  if (secret === undefined) return refused(404, "EntityNotExists.Parameter");
  if (product === "oos" && form.get("WithDecryption") !== "true") return refused(400, "encrypted");
  const reply = product === "oos" ? { Parameter: { Value: secret } } : { SecretData: secret };
  return { status: 200, text: JSON.stringify(reply) };
}

/** On a loopback port, or on a Unix socket that a rehearsal's network brings to its machines. */
export async function startCloud(kind: Kind, region: string, socket?: string): Promise<Cloud> {
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString();
      const answer = request.url?.startsWith("/latest/")
        ? metadata(kind, request, region, cloud)
        : store(kind, request, body, region, cloud);
      response.writeHead(answer.status).end(answer.text);
    });
  });
  await new Promise<void>((resolve) =>
    socket === undefined ? server.listen(0, "127.0.0.1", resolve) : server.listen(socket, resolve),
  );
  const place = server.address() as AddressInfo | string;
  const cloud: Cloud = {
    url: typeof place === "string" ? place : `http://127.0.0.1:${place.port}`,
    secrets: new Map(),
    outages: 0,
    calls: [],
    metadata: new Map(),
    actions: new Map(),
    objects: new Map(),
    bucketsAway: false,
    logs: new Map(),
    zone: emptyZone(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return cloud;
}
