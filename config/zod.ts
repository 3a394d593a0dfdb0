import { createRequire } from "node:module";
import type * as zod from "zod";
import { projectFile } from "../model/project.ts";

export type { core, input, output, ZodType } from "zod";

/**
 * Zod, loaded as CommonJS. As an ES module it is 95 files (its messages in every language among them), for each of which
 * Node 20 asks the loader's thread: 0.14 s of CPU in place of 0.04 (docs/speed.md).
 */
const commonJs: typeof zod = createRequire(projectFile("package.json"))("zod");

export const { array, boolean, discriminatedUnion, int, literal, number, object } = commonJs;
export const { record, strictObject, string, union } = commonJs;
export const { ZodArray, ZodDefault, ZodDiscriminatedUnion, ZodEnum, ZodLiteral, ZodNumber, ZodObject } = commonJs;
export const { ZodOptional, ZodPrefault, ZodRecord, ZodUnion } = commonJs;

const { enum: oneOf, instanceof: instance } = commonJs;

export { instance as instanceof, oneOf as enum };
