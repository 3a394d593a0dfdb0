import { UsageError } from "./faults.ts";

/** Reads the text that was given for an option; throws a UsageError that names the option. */
export type Reader<T> = (text: string, option: string) => T;

export interface Option<T> {
  readonly help: string;
  /** What the help shows in the value's place; a flag has none. */
  readonly value?: string;
  readonly short?: string;
  readonly kind: "flag" | "value" | "list";
  readonly read: Reader<unknown>;
  /** What holds without the option. */
  readonly usual: T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** What a command gets: a value for each of its options. */
export type Given<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

const asText: Reader<string> = (text) => text;

export const flag = (help: string): Option<boolean> => ({ help, kind: "flag", read: () => true, usual: false });

export function value(value: string, help: string): Option<string | undefined>;
export function value<T>(value: string, help: string, read: Reader<T>): Option<T | undefined>;
export function value<T>(value: string, help: string, read: Reader<T>, usual: T): Option<T>;
export function value(name: string, help: string, read: Reader<unknown> = asText, usual?: unknown): Option<unknown> {
  return { help, value: name, kind: "value", read, usual };
}

export function list(value: string, help: string): Option<readonly string[]>;
export function list<T>(value: string, help: string, read: Reader<T>): Option<readonly T[]>;
export function list(name: string, help: string, read: Reader<unknown> = asText): Option<readonly unknown[]> {
  return { help: `${help}; repeatable`, value: name, kind: "list", read, usual: [] };
}

function number(least: number, most: number, what: string, isRight: (value: number) => boolean): Reader<number> {
  return (text, option) => {
    const read = Number(text);
    if (text.trim() !== "" && isRight(read) && read >= least && read <= most) return read;
    throw new UsageError(`${option}: got ${text}; allowed: ${what} from ${least} to ${most}`);
  };
}

export const wholeNumber = (least: number, most: number): Reader<number> =>
  number(least, most, "a whole number", Number.isInteger);

export const anyNumber = (least: number, most: number): Reader<number> =>
  number(least, most, "a number", Number.isFinite);

export const oneOf =
  <T extends string>(...allowed: readonly T[]): Reader<T> =>
  (text, option) => {
    const found = allowed.find((one) => one === text);
    if (found !== undefined) return found;
    throw new UsageError(`${option}: got ${text}; allowed: ${allowed.join(", ")}`);
  };
