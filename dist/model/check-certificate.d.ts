import { type Fault } from "./fault.js";
import type { RawConfig } from "./parse.js";
export interface Judged {
    readonly faults: readonly Fault[];
    readonly warnings: readonly string[];
}
/**
 * An uploaded certificate with its chain, as those read it who have to take it: AWS Certificate Manager
 * (docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html and troubleshoot-import.html), browsers
 * (Mozilla Root Store Policy, 5.1; support.apple.com/103769) and OpenSSL, which HAProxy and Nginx are made with.
 */
export declare function checkUploaded({ values, secrets }: RawConfig): Judged;
