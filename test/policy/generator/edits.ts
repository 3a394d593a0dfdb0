import { type Fields, type Found, isFields, isUnknown, type Plain } from "../../../recording/read/plain.ts";

/** A change of one value: the new one, or undefined where there is nothing to change. */
export type Edit = (value: Found) => { readonly to: Found } | undefined;

const differs = (one: Found, other: Found): boolean => JSON.stringify(one) !== JSON.stringify(other);

export const set =
  (to: Plain): Edit =>
  (value) =>
    differs(value, to) ? { to } : undefined;

export const removed: Edit = (value) => (value === undefined || value === null ? undefined : { to: undefined });

export const emptied: Edit = (value) =>
  value === undefined ? undefined : { to: Array.isArray(value) ? [] : undefined };

export const foreignKey = "arn:aws:kms:ap-south-1:999988887777:key/99999999-89ab-cdef-0123-456789abcdef";
export const foreignRole = "arn:aws:iam::999988887777:role/other";

/** A document with one more statement, in the form that it had: JSON, or JSON with holes. */
const with1 =
  (statement: Fields): Edit =>
  (value) => {
    const holes = isFields(value) && isUnknown(value) ? value : undefined;
    const given = holes === undefined ? value : holes["text"];
    // Nobody can add to what nobody sees: it stays unknown, and the change is missed.
    if (holes !== undefined && given === undefined) return { to: { ...holes } };
    const document = typeof given === "string" ? parse(given) : isFields(given) ? given : { Version: "2012-10-17" };
    const old: Plain = document["Statement"] ?? [];
    const statements: readonly Plain[] = Array.isArray(old) ? old : [old];
    const text = JSON.stringify({ ...document, Statement: [...statements, statement] });
    return { to: holes === undefined ? text : { ...holes, text } };
  };

function parse(text: string): Fields {
  const document: unknown = JSON.parse(text);
  return isFields(document) ? document : {};
}

const allow = (fields: Fields): Edit => with1({ Effect: "Allow", ...fields });
const conditional = { Condition: { StringEquals: { "aws:RequestedRegion": "ap-south-1" } } };

/** What a statement may be that makes a document unsafe. */
export const statement = {
  trusts: [
    allow({ Action: "sts:AssumeRole", Principal: { AWS: "*" } }),
    allow({ Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::999988887777:root" } }),
    allow({ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }),
    allow({ Action: "sts:AssumeRole", Principal: { Federated: "accounts.google.com" } }),
  ],
  grants: [
    allow({ Action: "*", Resource: "*" }),
    allow({ Action: "s3:*", Resource: "arn:aws:s3:::x", ...conditional }),
    allow({ Action: "iam:PassRole", Resource: "*", ...conditional }),
    allow({ Action: "iam:*", Resource: "*", ...conditional }),
    allow({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/x" }),
    allow({ Action: "ec2:RunInstances", Resource: "*", ...conditional }),
    allow({ Action: "ssm:SendCommand", Resource: "*", ...conditional }),
    allow({ Action: "ecs:RunCommand", Resource: "*", ...conditional }),
    allow({ Action: "secretsmanager:GetSecretValue", Resource: "*" }),
    allow({
      Action: "secretsmanager:GetSecretValue",
      Resource: "arn:aws:secretsmanager:ap-south-1:*:secret:other-??????",
    }),
    allow({ Action: "kms:Decrypt", Resource: "arn:aws:kms:ap-south-1:999988887777:key/x" }),
    allow({ Action: "s3:GetObject", Resource: "*" }),
    allow({ NotAction: "iam:*", Resource: "arn:aws:s3:::x" }),
  ],
  shares: [
    allow({ Principal: "*", Action: "*", Resource: "*" }),
    allow({ Principal: { AWS: "*" }, Action: "s3:GetObject", Resource: "*" }),
    allow({ Principal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "*", Resource: "*" }),
    allow({ Principal: { AWS: "999988887777" }, Action: "*", Resource: "*" }),
    allow({ Principal: { Service: "sns.amazonaws.com" }, Action: "*", Resource: "*" }),
    allow({ NotPrincipal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "*", Resource: "*" }),
  ],
} as const;

const keysOf = (path: string): readonly string[] => path.replaceAll("[]", ".[]").split(".");

/** The value at a path, of lists the first element. */
export function firstAt(props: Found, path: string): Found {
  return keysOf(path).reduce<Found>((value, key) => {
    if (key === "[]") return Array.isArray(value) ? value[0] : undefined;
    return isFields(value) && !isUnknown(value) ? value[key] : undefined;
  }, props);
}

/** The same with another value there; what is missing on the way is made. */
export function put(props: Found, path: readonly string[] | string, to: Found): Plain {
  const [key, ...rest] = typeof path === "string" ? keysOf(path) : path;
  if (key === undefined) return to ?? null;
  if (key === "[]") {
    const list: readonly Plain[] = Array.isArray(props) ? props : [];
    return [put(list[0], rest, to), ...list.slice(1)];
  }
  const fields: Fields = isFields(props) && !isUnknown(props) ? props : {};
  if (rest.length > 0) return { ...fields, [key]: put(fields[key], rest, to) };
  const { [key]: _old, ...others } = fields;
  return to === undefined ? others : { ...others, [key]: to };
}
