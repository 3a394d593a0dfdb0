import type { Cloud } from "../../config/types.ts";
import { loopback } from "../support/loopback.ts";
import { raw } from "../support/raw.ts";

const domain = { name: "live.example.com", zone: "example.com" };

/** The stack that the proxies' tests have, with the cloud's own balancer and certificate. */
export const managedStack = (cloud: Cloud, source: "none" | "existing", more: object = {}) => {
  const images = { media: cloud === "aws" ? "ami-0123456789abcdef0" : "m-gw8123456789abcdefgh" };
  const arn = "arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
  const certificate = source === "none" ? { source } : { source, id: cloud === "aws" ? arn : "12345678-eu-central-1" };
  const own = cloud === "aws" ? { images, hostedZoneId: "Z0123456789ABC" } : { images };
  return raw({ cloud, certificate, domain, access: { adminCidrs: [`${loopback}.9.0/24`] }, [cloud]: own, ...more });
};
