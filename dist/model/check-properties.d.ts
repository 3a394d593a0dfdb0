import { type Fault } from "./fault.js";
/** A value of `ams:media.properties` as it came. */
type Property = string | number | boolean;
interface Media {
    readonly version: string;
    readonly properties: Readonly<Record<string, Property>>;
}
/** Settings of conf/red5.properties: by the name and type that the image's release of AMS has for them. */
export declare function checkProperties(media: Media): readonly Fault[];
/** What the table of settings can't judge, as the release is newer than it. */
export declare function propertyWarnings(media: Media): readonly string[];
export {};
