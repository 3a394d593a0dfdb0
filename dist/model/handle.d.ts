/**
 * A value that a program knows only when it is deployed, such as the id of a subnet that the same program makes. The model
 * carries it and never looks inside; an adapter hands it to the resources.
 */
export declare class Deferred {
    #private;
    constructor(value: unknown);
    /** What the program gave. */
    get value(): unknown;
    toJSON(): string;
}
/** Id, or name, of something that exists already: as a text, or as the output of a resource of the same program. */
export type Handle = string | Deferred;
export declare const isKnown: (handle: Handle) => handle is string;
