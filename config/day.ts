import * as z from "./zod.ts";

const isDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

/**
 * A day. The engine's YAML takes one without quotes for a time and hands it over as "2027-03-01 00:00:00 +0000 UTC" (seen
 * on 3.258).
 */
export const dayLike = (allowed: string) =>
  z
    .string({ error: allowed })
    .overwrite((text) => text.replace(/[T ]00:00:00(Z| \+0000 UTC)$/, ""))
    .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text), allowed);
