import type { Cloud } from "../../config/types.ts";
import { nameOf } from "../../recording/read/links.ts";
import { isFields, listAt, numberAt, type Resource, textAt, toResources, valueAt } from "../../recording/read/plain.ts";
import { render, stackFiles } from "../support/contract.ts";

/** What a CDN does with a path, as the recorded resources say it; the first rule that matches counts. */
export interface EdgeRule {
  /** Regular expression of paths. */
  readonly pattern: string;
  /** Undefined for a refusal. */
  readonly seconds: number | undefined;
}

export interface EdgeRules {
  readonly rules: readonly EdgeRule[];
  /** How long an answer with an error is kept. */
  readonly errorSeconds: number;
  /** Headers of each answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that the load balancer gets beside the request. */
  readonly sent: readonly string[];
  /** Parameters that the load balancer gets, none of which is part of the key. */
  readonly parameters: readonly string[];
  /** The program that sees each request for a live file first, if there is one. */
  readonly program?: string;
}

/** hlsTime, long enough for 1,000 players to ask on a machine that is busy. */
export const segmentSeconds = 6;

const keys: Readonly<Record<Cloud, object>> = {
  aws: { domain: "cdn.example.com", exclusive: true },
  alibaba: { domain: "cdn.example.com", certificateId: "12345678-ap-southeast-1", exclusive: true },
};

export async function edgeRules(cloud: Cloud, live: object = {}): Promise<EdgeRules> {
  const { values, ...rest } = stackFiles[cloud];
  const applications = { live: { publish: "open", settings: { hlsTime: String(segmentSeconds) }, ...live } };
  const { recording } = await render(cloud, { ...rest, values: { ...values, applications, cdn: keys[cloud] } });
  const all = toResources(recording.resources);
  return cloud === "aws" ? cloudFront(all) : alibabaCdn(all);
}

const one = (all: readonly Resource[], type: string): Resource => {
  const found = all.find((resource) => resource.type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
};

/** CloudFront's path patterns: `*` and `?`. */
const toPattern = (path: string): string =>
  `^${path
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")}$`;

function cloudFront(all: readonly Resource[]): EdgeRules {
  const { props } = one(all, "aws:cloudfront/distribution:Distribution");
  const programOf = (behavior: unknown): Resource | undefined => {
    const [association] = isFields(behavior) ? listAt(behavior, "functionAssociations[]") : [];
    if (!isFields(association)) return undefined;
    if (association["eventType"] !== "viewer-request") throw new Error("not before the cache");
    const name = nameOf(association["functionArn"]);
    return all.find((resource) => resource.type === "aws:cloudfront/function:Function" && resource.name === name);
  };
  const secondsOf = (behavior: unknown): number | undefined => {
    if (!isFields(behavior)) throw new Error("no behavior");
    if (programOf(behavior)?.name.endsWith("-refusal") === true) return undefined;
    const name = nameOf(behavior["cachePolicyId"]);
    const policy = all.find((resource) => resource.type.endsWith(":CachePolicy") && resource.name === name);
    const times = ["minTtl", "defaultTtl", "maxTtl"].map((key) => numberAt(policy?.props, key));
    // With one time for all three nothing that AMS says counts.
    if (new Set(times).size !== 1) throw new Error(`${name} keeps by AMS's word: ${times}`);
    for (const part of [
      "cookiesConfig.cookieBehavior",
      "headersConfig.headerBehavior",
      "queryStringsConfig.queryStringBehavior",
    ])
      if (textAt(policy?.props, `parametersInCacheKeyAndForwardedToOrigin.${part}`) !== "none")
        throw new Error(`${name} has ${part} in its key`);
    return times[0];
  };
  const cors = one(all, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy").props;
  const errors = listAt(props, "customErrorResponses[]").map((error) => Number(valueAt(error, "errorCachingMinTtl")));
  const live = listAt(props, "orderedCacheBehaviors[]").filter((behavior) => secondsOf(behavior) !== undefined);
  const programs = new Set(live.map((behavior) => textAt(programOf(behavior)?.props, "code")));
  if (programs.size !== 1) throw new Error("some live files are served by another program");
  const [program] = programs;
  const policy = all.find(({ type }) => type === "aws:cloudfront/originRequestPolicy:OriginRequestPolicy");
  const isPassed = live.every(
    (behavior) => isFields(behavior) && nameOf(behavior["originRequestPolicyId"]) !== undefined,
  );
  return {
    parameters: isPassed ? listAt(policy?.props, "queryStringsConfig.queryStrings.items[]").map(String) : [],
    ...(program === undefined ? {} : { program }),
    rules: [
      ...listAt(props, "orderedCacheBehaviors[]").map((behavior) => ({
        pattern: toPattern(textAt(behavior, "pathPattern") ?? ""),
        seconds: secondsOf(behavior),
      })),
      { pattern: "", seconds: secondsOf(props["defaultCacheBehavior"]) },
    ],
    errorSeconds: Math.max(...errors),
    headers: { "Access-Control-Allow-Origin": textAt(cors, "corsConfig.accessControlAllowOrigins.items[]") ?? "" },
    sent: listAt(props, "origins[].customHeaders[].name").map(String),
  };
}

function alibabaCdn(all: readonly Resource[]): EdgeRules {
  const features = all
    .filter(({ type }) => type === "alicloud:cdn/domainConfig:DomainConfig")
    .map(({ props }) => ({
      name: String(props["functionName"]),
      args: Object.fromEntries(
        listAt(props, "functionArgs[]").map((arg) => [textAt(arg, "argName") ?? "", textAt(arg, "argValue") ?? ""]),
      ),
    }));
  const argsOf = (name: string) => features.filter((feature) => feature.name === name).map(({ args }) => args);
  const script = argsOf("edge_function")[0]?.["rule"] ?? "";
  const [, refused = "", served = ""] =
    /^if or\(match_re\(\$uri, '([^']+)'\), not\(match_re\(\$uri, '([^']+)'\)\)\) \{\s+exit\(403\)\s+\}$/.exec(script) ??
    [];
  if (argsOf("set_hashkey_args")[0]?.["disable"] !== "on") throw new Error("parameters are part of the key");
  const kept = argsOf("filetype_based_ttl_set").map((args) => {
    if (args["swift_no_cache_low"] !== "on" || args["swift_origin_cache_high"] !== "off")
      throw new Error("AMS's word counts");
    const extensions = (args["file_type"] ?? "").replaceAll(",", "|");
    return { pattern: `[.](${extensions})$`, seconds: Number(args["ttl"]) };
  });
  const errors = (argsOf("path_force_ttl_code")[0]?.["code_string"] ?? "").match(/\d+(?=,|$)/g) ?? [];
  const added = argsOf("set_resp_header").map((args) => [args["key"] ?? "", args["value"] ?? ""]);
  return {
    rules: [
      { pattern: refused, seconds: undefined },
      { pattern: `^(?!${served.slice(1)})`, seconds: undefined },
      ...kept,
      { pattern: "", seconds: undefined },
    ],
    errorSeconds: Math.max(...errors.map(Number)),
    headers: Object.fromEntries(added),
    sent: argsOf("origin_request_header").map((args) => args["header_name"] ?? ""),
    parameters: [],
  };
}
