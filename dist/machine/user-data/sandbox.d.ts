/** The sandbox of our own units (systemd.exec, "Sandboxing", "System Call Filtering", "Capabilities"). */
/** A unit's text with its sandbox at the beginning of its section Service; a timer has none. */
export declare function sandboxed(name: string, text: string): string;
