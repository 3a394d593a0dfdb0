import type { Input } from "@pulumi/pulumi";
import type { Deferred } from "../config/handle.ts";
import type { requiredSections, sections } from "../config/sections/index.ts";
import type * as z from "../config/zod.ts";
import type { SecretKey } from "../model/cluster.ts";
import type { schema as alibabaSchema } from "./alibaba/schema.ts";
import type { schema as awsSchema } from "./aws/schema.ts";

/** The package's own declaration of this type is written out by `npm run build`, from the same schema, with its texts. */

/** A schema's input, whose ids of things that exist already may be outputs of the same program. */
type Given<T> = T extends Deferred
  ? Input<string>
  : T extends readonly (infer Item)[]
    ? readonly Given<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Given<T[Key]> }
      : T;

type SectionArgs = { readonly [Name in keyof typeof sections]: Given<z.input<(typeof sections)[Name]>> };
type RequiredName = (typeof requiredSections)[number];

/** A cluster in a program: the keys of `docs/configuration.md` without `ams:`, with the secrets and the region beside them. */
export type AmsClusterArgs = Pick<SectionArgs, RequiredName> &
  Partial<Omit<SectionArgs, RequiredName>> & {
    /** The cloud's region; the resources' provider has to be of the same. @default aws:region or alicloud:region of the stack's configuration */
    readonly region?: string;
    /** Marked secret wherever they go. */
    readonly secrets?: { readonly [Key in SecretKey]?: Input<string> };
    /** What only AWS has. */
    readonly aws?: Given<z.input<typeof awsSchema>>;
    /** What only Alibaba Cloud has. */
    readonly alibaba?: Given<z.input<typeof alibabaSchema>>;
  };
