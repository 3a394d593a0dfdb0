/** What an answer looks like, without the values that differ from server to server. */
export interface Answer {
  readonly status: number;
  readonly kind: "JSON" | "HTML" | "nothing" | "text";
  /** Whether it begins a session (JSESSIONID). */
  readonly session: boolean;
  readonly value: unknown;
}

const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

/**
 * Where a value differs in its form from the one of the stand-in, which shows a part of the real one: each of its fields has
 * to be there, with the same type. Null goes with text, since AMS has either where nothing is known.
 */
function differences(wanted: unknown, got: unknown, at: string): readonly string[] {
  const types = [typeOf(wanted), typeOf(got)];
  if (types[0] !== types[1]) {
    const nothing = types.includes("null") && types.includes("string");
    return nothing ? [] : [`${at} is ${types[1] === "undefined" ? "absent" : types[1]}, the stand-in has ${types[0]}`];
  }
  if (Array.isArray(wanted) && Array.isArray(got)) {
    if (wanted.length === 0) return [];
    return got.length === 0 ? [`${at} is empty`] : differences(wanted[0], got[0], `${at}[0]`);
  }
  const found = fieldsOf(got);
  return Object.entries(fieldsOf(wanted)).flatMap(([key, value]) => differences(value, found[key], `${at}.${key}`));
}

export function compare(standIn: Answer, real: Answer): readonly string[] {
  const one = <K extends "status" | "kind" | "session">(key: K): readonly string[] =>
    standIn[key] === real[key] ? [] : [`${key} ${real[key]}, the stand-in has ${standIn[key]}`];
  const told = [...one("status"), ...one("kind"), ...one("session")];
  return told.length > 0 ? told : differences(standIn.value, real.value, "the answer");
}

/** Whether an answer, or each element of it, has a field. */
export function hasField({ value }: Answer, field: string): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.length > 0 && values.every((each) => field in fieldsOf(each));
}
