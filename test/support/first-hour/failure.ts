import type { Operation } from "../cloud/server.ts";

/** What keeps a fresh account's first `up` from its end, once. */
export interface Failure {
  readonly name: string;
  /** A resource's creation, the provider's own configuration, or the stack's. */
  readonly at:
    | {
        readonly type: RegExp;
        /** Of the logical name. @default any */
        readonly resource?: RegExp;
        /** The provider has waited for what it made: the resource stands, and the engine knows of it. @default false */
        readonly standing?: true;
      }
    | { readonly provider: "check" | "configure" }
    | { readonly command: readonly string[] };
  /** As the provider or the program says it; the clouds' own words, with values of an example. */
  readonly message: string;
  /** Where the words were read. */
  readonly source: string;
}

export const hits = ({ at }: Failure, { type, urn }: Operation): boolean =>
  "type" in at && at.type.test(type) && (at.resource?.test(urn.split("::").pop() ?? "") ?? true);

/** An error of AWS's interface as the provider shows it (aws-sdk-go-v2, smithy-go). */
export const awsError = (doing: string, operation: string, status: number, code: string, text: string): string =>
  `${doing}: operation error ${operation}, https response error StatusCode: ${status}, RequestID: 632fac70-e5a4-4646-9d62-712ee1ec8bf6, api error ${code}: ${text}`;

/** The same of Alibaba Cloud's (alicloud/errors.go, ComplexError, DefaultErrorMsg; tea's SDKError). */
export const alibabaError = (
  file: string,
  resource: string,
  action: string,
  status: number,
  code: string,
  text: string,
) =>
  `1 error occurred:\n\t* [ERROR] terraform-provider-alicloud/alicloud/${file}.go:289: Resource ${resource} ${action} Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:\nSDKError:\n   StatusCode: ${status}\n   Code: ${code}\n   Message: code: ${status}, ${text} request id: 974EEA6F-B9AA-34D0-9FD1-E6D77774A260\n   Data: {"Code":"${code}"}\n`;
