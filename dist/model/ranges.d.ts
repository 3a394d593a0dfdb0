/**
 * The same addresses in as few ranges as there can be: what lies in another range goes, halves of one range become it.
 * Each result stands where its first part stood, so that ranges which don't merge keep their places.
 */
export declare function mergeRanges(cidrs: readonly string[]): readonly string[];
