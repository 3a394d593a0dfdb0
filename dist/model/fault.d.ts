/** One thing that is wrong with the configuration: where it stands, what came, what is allowed, what to do. */
export interface Fault {
    /** Key path as a person types it, e.g. `ams:origin.max` or `aws:region`. */
    readonly path: string;
    readonly got: string;
    readonly allowed: string;
    readonly fix: string;
}
export declare const isSecretText: (text: string) => boolean;
/** Control characters, marks that turn the direction of writing, halves of characters: escaped, as JSON escapes some. */
export declare function printable(text: string): string;
/** A value as a fault shows it: JSON, cut at 80 characters, strings in quotes, without secrets; an absent one is "nothing". */
export declare function show(value: unknown, key?: string): string;
/** A key as a fault names it: somebody may have put a secret there. */
export declare const shownKey: (key: string) => string;
/** A path one step deeper, as `pulumi config set --path` takes it: `.name`, `[2]`, `["any text"]`. */
export declare function stepInto(path: string, step: PropertyKey): string;
/** A path as a word of a shell's command. */
export declare const shellWord: (path: string) => string;
export declare function formatFault(fault: Fault): string;
/** Every fault of a configuration at once, the first 50 in words; thrown before the first resource is made. */
export declare class ConfigError extends Error {
    readonly faults: readonly Fault[];
    constructor(faults: readonly Fault[]);
}
