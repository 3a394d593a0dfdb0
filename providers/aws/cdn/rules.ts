import { CachePolicy } from "@pulumi/aws/cloudfront/cachePolicy.js";
import { Function as EdgeFunction } from "@pulumi/aws/cloudfront/function.js";
import { KeyValueStore } from "@pulumi/aws/cloudfront/keyValueStore.js";
import { KeyvaluestoreKey } from "@pulumi/aws/cloudfront/keyvaluestoreKey.js";
import { OriginRequestPolicy } from "@pulumi/aws/cloudfront/originRequestPolicy.js";
import { ResponseHeadersPolicy } from "@pulumi/aws/cloudfront/responseHeadersPolicy.js";
import type { input } from "@pulumi/aws/types/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Cdn, Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { cacheRules, recordingFolders } from "../../../model/traffic/cdn.ts";
import { initPath, lowLatencyPath, pathsOf } from "../../../model/traffic/live-files.ts";
import { tokenApplications, tokenProgram } from "../../../model/traffic/play-tokens.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import type { Credentials } from "../../shared/generated.ts";

type Behavior = input.cloudfront.DistributionOrderedCacheBehavior;

/** Names of the distribution's origins. */
export const edgeOrigin = "edges";
export const recordingsOrigin = "recordings";

/** What CloudFront answers for which path, the first that matches; `other` is for all that no path matches. */
export interface Behaviors {
  readonly ordered: Behavior[];
  readonly other: input.cloudfront.DistributionDefaultCacheBehavior;
}

export function addBehaviors(
  component: ClusterComponent,
  cluster: Cluster,
  cdn: Cdn,
  name: string,
  streamKeys: Credentials["streamKeys"],
): Behaviors {
  const common = {
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD", "OPTIONS"],
    cachedMethods: ["GET", "HEAD"],
    responseHeadersPolicyId: addHeaders(component, name),
  };
  const rules = cacheRules(cdn, cluster.applications).map((rule) => ({
    ...rule,
    cachePolicyId: addPolicy(component, `${name}-${rule.name}`, rule.seconds),
  }));
  const segments = rules.find((rule) => rule.name === "segments")?.cachePolicyId;
  if (segments === undefined) throw new Error("no cache rule for segments");
  const serve = (targetOriginId: string, pathPattern: string, cachePolicyId: pulumi.Output<string>): Behavior => ({
    ...common,
    targetOriginId,
    pathPattern,
    cachePolicyId,
  });
  const tokens = addTokens(component, cluster, name, streamKeys);
  const live = (pathPattern: string, cachePolicyId: pulumi.Output<string>): Behavior => ({
    ...serve(edgeOrigin, pathPattern, cachePolicyId),
    ...tokens,
  });
  const closed = {
    ...common,
    targetOriginId: edgeOrigin,
    cachePolicyId: segments,
    functionAssociations: [{ eventType: "viewer-request", functionArn: addRefusal(component, cluster, name) }],
  };
  return {
    ordered: [
      { ...closed, pathPattern: lowLatencyPath },
      ...rules.flatMap(({ extensions, cachePolicyId }) =>
        extensions.map((extension) => live(pathsOf(extension), cachePolicyId)),
      ),
      live(initPath, segments),
      ...(cdn.recordings
        ? recordingFolders(cluster.applications).map((folder) => serve(recordingsOrigin, `/${folder}/*`, segments))
        : []),
    ],
    other: closed,
  };
}

/**
 * Exactly so long, whatever AMS says: with a minimum above zero CloudFront keeps what the origin calls no-cache, too
 * (API reference, CachePolicyConfig). No query, cookie or header is part of the key, and none is sent on.
 */
function addPolicy(component: ClusterComponent, name: string, seconds: number): pulumi.Output<string> {
  const policy = new CachePolicy(
    name,
    {
      comment: `Cached for ${seconds} s`,
      minTtl: seconds,
      defaultTtl: seconds,
      maxTtl: seconds,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
        enableAcceptEncodingBrotli: false,
        enableAcceptEncodingGzip: false,
      },
    },
    component.child(),
  );
  return policy.id;
}

/** Players of all pages, without cookies: AMS's own answer names the page that asked first. */
function addHeaders(component: ClusterComponent, name: string): pulumi.Output<string> {
  const policy = new ResponseHeadersPolicy(
    name,
    {
      comment: "Allows players on any website",
      corsConfig: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: { items: ["*"] },
        accessControlAllowMethods: { items: ["GET", "HEAD", "OPTIONS"] },
        accessControlAllowOrigins: { items: ["*"] },
        accessControlMaxAgeSec: 86_400,
        originOverride: true,
      },
    },
    component.child(),
  );
  return policy.id;
}

const refusal = `function handler() {
  return { statusCode: 403, statusDescription: "Forbidden" };
}
`;

/** The cluster's other paths (REST, the panel, WebSockets) are none of the CDN's. */
function addRefusal(component: ClusterComponent, cluster: Cluster, name: string): pulumi.Output<string> {
  const made = new EdgeFunction(
    `${name}-refusal`,
    {
      runtime: "cloudfront-js-2.0",
      comment: "Rejects all requests except those for streams and recordings",
      code: refusal,
      publish: true,
      tags: namedTags(cluster, `${name}-refusal`),
    },
    component.child(),
  );
  return made.arn;
}

/** The check of play tokens, and the token that the edges get: no part of the key, which only the cache policy names. */
function addTokens(
  component: ClusterComponent,
  cluster: Cluster,
  name: string,
  streamKeys: Credentials["streamKeys"],
): Partial<Behavior> {
  const applications = tokenApplications(cluster.applications);
  if (Object.keys(applications).length === 0) return {};
  const key = `${name}-tokens`;
  const comment = `Play tokens of ${cluster.name}`;
  const store = new KeyValueStore(key, { comment, tags: namedTags(cluster, key) }, component.child());
  for (const application of Object.keys(applications)) {
    const value = streamKeys[application];
    if (value === undefined) throw new Error(`no key for the tokens of ${application}`);
    new KeyvaluestoreKey(
      `${key}-${application}`,
      { keyValueStoreArn: store.arn, key: application, value },
      component.child(),
    );
  }
  const check = new EdgeFunction(
    key,
    {
      runtime: "cloudfront-js-2.0",
      comment,
      code: tokenProgram(applications),
      keyValueStoreAssociations: [store.arn],
      publish: true,
      tags: namedTags(cluster, key),
    },
    component.child(),
  );
  const policy = new OriginRequestPolicy(
    key,
    {
      comment,
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "whitelist", queryStrings: { items: ["token"] } },
    },
    component.child(),
  );
  return {
    originRequestPolicyId: policy.id,
    functionAssociations: [{ eventType: "viewer-request", functionArn: check.arn }],
  };
}
