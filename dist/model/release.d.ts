/** Whether a release of Ant Media Server such as 3.0.3 is at least another one. */
export declare function isAtLeast(version: string, other: string): boolean;
