import { type Fault } from "./fault.js";
import type { SectionName, sections } from "./schema.js";
import type * as z from "./zod.js";
/** What the sections hold once each has its form. */
export type Sections = {
    readonly [K in SectionName]: z.output<(typeof sections)[K]>;
};
/** Sections that are well-formed, and of a certificate at least its source. */
export type Chosen = Partial<Omit<Sections, "certificate">> & {
    readonly certificate?: Pick<Sections["certificate"], "source">;
};
type Present = Readonly<Record<string, string | undefined>>;
/** Checks that span more than one value; each looks only at sections that have their form. */
export declare function checkAcross(parts: Chosen, secrets: Present): readonly Fault[];
export declare const setPath: (path: string, value: string) => string;
export {};
