import type { Sections } from "./check.js";
import { type Fault } from "./fault.js";
type Media = Sections["media"];
type Present = Readonly<Record<string, string | undefined>>;
/** From this release AMS takes `?` and `&` in a database URL when an application is made (issues 5344, 7729, 7923). */
export declare const urlOptionsSince = "3.1.0";
/** The oldest release that the machines' programs know: credentials in the URL, liveness, the panel's REST with a token. */
export declare const oldestVersion = "2.11.0";
export declare function checkMedia(media: Media | undefined, secrets: Present): readonly Fault[];
export {};
