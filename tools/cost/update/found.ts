import type { Price } from "../price-book.ts";

/** What a vendor said of an item: a price, or why it is none; with its own words. */
export interface Answer {
  readonly item: string;
  readonly price?: Price;
  readonly fault?: string;
  readonly raw: unknown;
}

export interface Found {
  readonly prices: readonly Price[];
  /** Items with no match, more than one, or a strange one. Their former prices stay. */
  readonly faults: readonly string[];
  /** The vendor's words, to be kept beside the book. */
  readonly raw: readonly Answer[];
  /** Items that the vendor's files don't have. */
  readonly unasked: readonly string[];
}

export const checked = (answers: readonly Answer[]): Omit<Found, "unasked"> => ({
  prices: answers.flatMap(({ price }) => price ?? []),
  faults: answers.flatMap(({ fault }) => fault ?? []),
  raw: answers,
});
