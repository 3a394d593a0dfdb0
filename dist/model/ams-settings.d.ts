/** A setting of Ant Media Server, as its source text at each release's tag declares it. */
export interface AmsSetting {
    /** `application`: each application's own, in red5-web.properties; `server`: in conf/red5.properties. */
    readonly scope: "application" | "server";
    readonly name: string;
    readonly type: "int" | "number" | "boolean" | "text";
    /** First release of the table that has it. @default the table's first */
    readonly since?: string;
    /** Last release of the table that has it. @default the table's newest */
    readonly until?: string;
}
export interface AmsSettings {
    readonly newestRelease: string;
    readonly settings: readonly AmsSetting[];
}
/**
 * The settings of all releases from 2.10 on, from model/ams-settings.tsv, which `npm run ams-settings` renews. Read when
 * something asks for it: most stacks set no property of AMS.
 */
export declare function amsSettings(): AmsSettings;
/** Whether a release of the table has the setting. */
export declare const isIn: ({ since, until }: AmsSetting, release: string) => boolean;
/** The name that a mistyped one most likely means: the fewest letters to change, at most a third of them. */
export declare function nearestName(typed: string, names: readonly string[]): string | undefined;
