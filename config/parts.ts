import { machineSizes } from "../model/groups/machine-size.ts";
import { isCidr } from "../model/network/ranges.ts";
import { Deferred } from "./handle.ts";
import { examples } from "./remedy/examples.ts";
import * as z from "./zod.ts";

/** Pieces of the configuration's form; their messages say what is allowed. */

export function whole(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  return z.int({ error: allowed }).min(min, allowed).max(max, allowed);
}

/** A number that may have decimals; `pulumi config set --path` keeps those as text. */
export const decimal = (min: number, max: number, allowed = `a number from ${min} to ${max}`) =>
  z
    .union([z.number(), text(/^\d{1,6}(\.\d{1,6})?$/, allowed).transform(Number)], { error: allowed })
    .refine((value) => value >= min && value <= max, allowed);

export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: values.length === 1 ? values[0] : `one of ${values.join(", ")}` });

export const text = (pattern: RegExp, allowed: string) => z.string({ error: allowed }).regex(pattern, allowed);

export const flag = z.boolean({ error: "true or false" });

export const cidr = z
  .string({ error: "an IPv4 range such as 10.0.0.0/16" })
  .refine(isCidr, "an IPv4 range that starts at its network address, such as 10.0.0.0/16")
  .refine(
    (range) => range !== "255.255.255.255/32",
    "a range that contains usable addresses; 255.255.255.255 is the broadcast address",
  );

export const hostName = text(
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a lower-case domain name such as live.example.com",
);

/** Where a machine connects to: a name, or an address. */
export const receiver = text(
  /^((?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}|((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4})$/,
  "a lower-case host name such as logs.example.com, or an IPv4 address",
);

/** A name, or all names of one label below another: `*.example.com`. */
export const hostPattern = text(
  /^(?=.{4,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a lower-case domain name or wildcard such as video.example.com or *.live.example.com",
);

/** Of something that is there already: a text of this form, or what a program knows after its deployment. */
export const handle = (pattern: RegExp, allowed: string) =>
  z.union([z.instanceof(Deferred), text(pattern, allowed)], { error: allowed }).meta({ handle: true });

/** Each cloud checks its own form. */
export const cloudId = (what: "network" | "subnet" | "group") =>
  handle(/^[a-z]{2,6}-[a-z0-9]{8,32}$/, `a ${names[what]} id`).meta({ example: examples[what] });

const names = { network: "network", subnet: "subnet", group: "security group" } as const;

export const machine = oneOf(...machineSizes);

export const clock = text(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 18:00, in quotes");

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export const pem = (what: string, file: string) =>
  text(/^-----BEGIN [A-Z ]+-----[\s\S]+-----END [A-Z ]+-----\s*$/, `${what} in PEM format`).meta({ file });
