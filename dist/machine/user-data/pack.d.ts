import type { Cloud } from "../../model/cluster.js";
/**
 * What a machine is given at most, before base64: half of the 16 KiB that EC2 takes (user guide) and ECS took by its older
 * pages; 32 KB by the newer ones ("Instance user data").
 */
export declare const maxUserDataBytes = 8192;
/**
 * User data as an API takes it, in base64: a third of the text's size. cloud-init decompresses what begins as gzip
 * (documentation, "User-data formats: gzip compressed content"), and EC2 hands a machine the bytes that it was given. ECS's
 * own pages want gzip behind a link only, so there it travels as a MIME part, which is plain ASCII.
 */
export declare function pack(text: string, cloud: Cloud): string;
/** The text again, from any form that user data has or has had: packed, in base64 alone, or plain. */
export declare function unpack(data: string): string;
