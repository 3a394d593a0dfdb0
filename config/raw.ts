/** The configuration as it came: nothing is trusted yet. */
export interface RawConfig {
  readonly stack: string;
  /** Folder of the stack's file, where paths of other files begin. @default the process's own */
  readonly directory?: string;
  /** Values below `ams:`, without the namespace; encrypted ones are not among them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Encrypted values below `ams:`; undefined where one is there but can't be read (a plan without the passphrase). */
  readonly secrets: Readonly<Record<string, string | undefined>>;
  /** `aws:region` and `alicloud:region`. */
  readonly regions: Readonly<Partial<Record<"aws" | "alibaba", unknown>>>;
}
