import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Cloud } from "../../config/types.ts";

/** The role's temporary key. */
export const key = { id: "AKIDTEST", secret: "key+of/the=role", session: "session/token==" };

export const header = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
};

const mac = (secret: string | Buffer, text: string): Buffer => createHmac("sha256", secret).update(text).digest();
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Signature version 4 as the server side checks it: over the headers that the client says it signed. */
export function awsFault(request: IncomingMessage, body: string, region: string, of?: string): string | undefined {
  const form = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, scope = "", names = "", signature = ""] = form.exec(header(request, "authorization")) ?? [];
  const stamp = header(request, "x-amz-date");
  const service = of ?? (header(request, "x-amz-target").startsWith("Logs_") ? "logs" : "secretsmanager");
  const wanted = `${key.id}/${stamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  if (scope !== wanted) return `credential ${scope}, not ${wanted}`;
  const target = of === undefined ? ["x-amz-target"] : [];
  for (const name of ["host", "x-amz-date", "x-amz-security-token", ...target]) {
    if (!names.split(";").includes(name)) return `${name} is not signed`;
  }
  if (header(request, "x-amz-security-token") !== key.session) return "no session";
  const lines = names.split(";").map((name) => `${name}:${header(request, name).trim()}\n`);
  const canonical = `${request.method}\n${request.url}\n\n${lines.join("")}\n${names}\n${hash(body)}`;
  const text = `AWS4-HMAC-SHA256\n${stamp}\n${scope.slice(key.id.length + 1)}\n${hash(canonical)}`;
  const signing = [stamp.slice(0, 8), region, service, "aws4_request"].reduce<Buffer>(
    (derived, part) => mac(derived, part),
    Buffer.from(`AWS4${key.secret}`),
  );
  return mac(signing, text).toString("hex") === signature ? undefined : "SignatureDoesNotMatch";
}

/** What the two object stores call the parts of a version 4 signature. */
const objectStores = {
  aws: { mark: "x-amz", algorithm: "AWS4-HMAC-SHA256", prefix: "AWS4", service: "s3", end: "aws4_request" },
  alibaba: {
    mark: "x-oss",
    algorithm: "OSS4-HMAC-SHA256",
    prefix: "aliyun_v4",
    service: "oss",
    end: "aliyun_v4_request",
  },
} as const;

/** A signed GET of an object, as S3 and OSS check it; OSS signs the bucket's name with the path, S3 the host alone. */
export function objectFault(kind: Cloud, request: IncomingMessage, region: string): string | undefined {
  const { mark, algorithm, prefix, service, end } = objectStores[kind];
  const form = new RegExp(
    `^${algorithm} Credential=([^,]+), ?(SignedHeaders|AdditionalHeaders)=([^,]+), ?Signature=(.+)$`,
  );
  const [, credential = "", , names = "", signature = ""] = form.exec(header(request, "authorization")) ?? [];
  const stamp = header(request, `${mark}-date`);
  const scope = `${stamp.slice(0, 8)}/${region}/${service}/${end}`;
  if (credential !== `${key.id}/${scope}`) return `credential ${credential}, not ${key.id}/${scope}`;
  if (header(request, `${mark}-security-token`) !== key.session) return "no session";
  const own = Object.keys(request.headers).filter((name) => name.startsWith(`${mark}-`));
  const signed = kind === "aws" ? names.split(";") : [...own, ...names.split(";")].sort();
  for (const name of ["host", ...own]) if (!signed.includes(name)) return `${name} is not signed`;
  const lines = signed.map((name) => `${name}:${header(request, name).trim()}\n`).join("");
  const bucket = header(request, "host").split(".")[0];
  const path = kind === "aws" ? request.url : `/${bucket}${request.url}`;
  const payload = header(request, `${mark}-content-sha256`);
  if (payload !== (kind === "aws" ? hash("") : "UNSIGNED-PAYLOAD")) return `${mark}-content-sha256 is ${payload}`;
  const text = `${algorithm}\n${stamp}\n${scope}\n${hash(`GET\n${path}\n\n${lines}\n${names}\n${payload}`)}`;
  const signing = scope
    .split("/")
    .reduce<Buffer>((derived, part) => mac(derived, part), Buffer.from(prefix + key.secret));
  return mac(signing, text).toString("hex") === signature ? undefined : "SignatureDoesNotMatch";
}

/** RFC 3986, as Alibaba's RPC style wants it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** Alibaba's RPC signature, over all parameters of the form. */
export function alibabaFault(request: IncomingMessage, form: URLSearchParams): string | undefined {
  if (form.get("AccessKeyId") !== key.id || form.get("SecurityToken") !== key.session) return "InvalidAccessKeyId";
  const pairs = [...form].filter(([name]) => name !== "Signature").sort(([a], [b]) => (a < b ? -1 : 1));
  const query = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  const text = `${request.method}&%2F&${encode(query)}`;
  const signature = createHmac("sha1", `${key.secret}&`).update(text).digest("base64");
  return form.get("Signature") === signature ? undefined : "SignatureDoesNotMatch";
}
