import type * as pulumi from "@pulumi/pulumi";
import type { Cdn, Cluster } from "../../../config/types.ts";
import { cacheRules, cdnHeader, playlistSeconds } from "../../../model/traffic/cdn.ts";
import { liveRegex } from "../../../model/traffic/live-files.ts";

/** A feature of an accelerated domain: its name in the API, and its arguments, which are all texts. */
export interface Feature {
  /** Ends the logical name. */
  readonly key: string;
  readonly name: string;
  readonly args: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Refuses the cluster's other paths (REST, the panel, WebSockets), and low-latency HLS, which edges don't play. */
const refusal = `if or(match_re($uri, '/streams/ll-hls/'), not(match_re($uri, '${liveRegex}'))) {
  exit(403)
}`;

const always = { swift_origin_cache_high: "off", swift_no_cache_low: "on", force_revalidate: "off" };

/**
 * What the domain does, by the functions of BatchSetCdnDomainConfig (Alibaba Cloud CDN, "Parameters for configuring features
 * for domain names"). Read returns all arguments of a function, so that each is named.
 */
export function features(
  cluster: Cluster,
  cdn: Cdn,
  origin: string,
  cdnKey: pulumi.Output<string> | undefined,
): readonly Feature[] {
  const errors = playlistSeconds(cluster.applications);
  return [
    { key: "host", name: "set_req_host_header", args: { domain_name: origin } },
    { key: "sni", name: "https_origin_sni", args: { enabled: "on", https_origin_sni: origin } },
    { key: "scheme", name: "forward_scheme", args: { enable: "on", scheme_origin: "https" } },
    { key: "https", name: "https_force", args: { enable: "on", https_rewrite: "308" } },
    {
      key: "tls",
      name: "https_tls_version",
      args: { tls10: "off", tls11: "off", tls12: "on", tls13: "on", ciphersuitegroup: "strict" },
    },
    // No parameter is part of the key, and none is sent on.
    { key: "query", name: "set_hashkey_args", args: { hashkey_args: "", disable: "on", keep_oss_args: "off" } },
    ...cacheRules(cdn, cluster.applications).map(({ name, extensions, seconds }) => ({
      key: name,
      name: "filetype_based_ttl_set",
      args: {
        file_type: (name === "segments" ? [...extensions, "mp4"] : extensions).join(","),
        ttl: String(seconds),
        weight: "99",
        ...always,
        swift_follow_cachetime: "off",
      },
    })),
    {
      key: "errors",
      name: "path_force_ttl_code",
      args: {
        path: "/",
        code_string: `4xx=${errors},5xx=${errors}`,
        swift_code_origin_cache_high: "off",
        swift_code_no_cache_low: "on",
        swift_code_follow_cachetime: "off",
        force_revalidate: "off",
      },
    },
    // Players of all pages, without cookies: AMS's own answer names the page that asked first.
    dropped("cookies", "Set-Cookie"),
    dropped("credentials", "Access-Control-Allow-Credentials"),
    dropped("origins", "Access-Control-Allow-Origin"),
    {
      key: "cors",
      name: "set_resp_header",
      args: { header_operation_type: "add", key: "Access-Control-Allow-Origin", value: "*", duplicate: "off" },
    },
    {
      key: "refusal",
      name: "edge_function",
      args: { name: "refusal", rule: refusal, pri: "0", pos: "head", enable: "on", brk: "off", option: "" },
    },
    ...(cdnKey === undefined
      ? []
      : [
          {
            key: "secret",
            name: "origin_request_header",
            args: { header_operation_type: "add", header_name: cdnHeader, header_value: cdnKey, duplicate: "off" },
          },
        ]),
  ];
}

/** A header of the origin's answer that the CDN does not keep. */
const dropped = (key: string, header: string): Feature => ({
  key,
  name: "origin_response_header",
  args: { header_operation_type: "delete", header_name: header },
});
