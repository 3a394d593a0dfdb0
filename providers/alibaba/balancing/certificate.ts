import { createHash } from "node:crypto";
import { ServiceCertificate } from "@pulumi/alicloud/cas/serviceCertificate.js";
import * as pulumi from "@pulumi/pulumi";
import { type Fault, show } from "../../../config/fault.ts";
import { isKnown } from "../../../config/handle.ts";
import { setPath } from "../../../config/remedy/command.ts";
import { certificateHome, examples } from "../../../config/remedy/examples.ts";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { proxyOf } from "../../../model/traffic/balancer.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { type Secrets, unsupported } from "../../contract.ts";
import { inputOf } from "../../shared/handles.ts";

/** What HTTPS listeners show. The part is there for an existing certificate too, so that both clouds' trees are equal. */
export class Certificate extends ClusterComponent {
  /** The certificate's number and its home, as listeners want it. */
  readonly id: pulumi.Input<string>;

  constructor(cluster: Cluster, given: Secrets, parent: ClusterComponent) {
    super("Certificate", `${cluster.name}-certificate`, parent);
    this.id = this.#idOf(cluster, given);
    this.registerOutputs();
  }

  #idOf(cluster: Cluster, given: Secrets): pulumi.Input<string> {
    const { certificate } = cluster;
    if (certificate.source === "existing") return inputOf(certificate.id);
    if (certificate.source !== "uploaded" || given.certificateKey === undefined) {
      throw new Error(`unexpected certificate source ${certificate.source}`);
    }
    const name = `${cluster.name}-certificate`;
    // Unlike an existing one it is replaced for a new text, beside the old one, and a name is given once.
    const print = createHash("sha256").update(certificate.pem).digest("hex").slice(0, 8);
    const uploaded = new ServiceCertificate(
      name,
      {
        certificateName: `${name}-${print}`,
        cert: certificate.pem,
        key: given.certificateKey,
        tags: namedTags(cluster, name),
      },
      this.child(),
    );
    return pulumi.interpolate`${uploaded.id}-${certificateHome(cluster.region)}`;
  }
}

/** This cloud issues none by itself, and knows one by its number and its home. */
export function checkCertificate(cluster: Cluster): readonly Fault[] {
  const { certificate, region } = cluster;
  // Proxies need none of this cloud's: they get one from an authority themselves.
  if (proxyOf(cluster) !== undefined) return [];
  if (certificate.source === "issued") {
    const allowed =
      "existing (requires id), uploaded (requires pem), or issued (requires ams:balancer.kind haproxy or nginx)";
    const fix = setPath("ams:certificate", examples.certificate(cluster));
    return [unsupported("ams:certificate.source", "issued", "alibaba", allowed, fix)];
  }
  if (certificate.source !== "existing" || !isKnown(certificate.id)) return [];
  const { id } = certificate;
  const homes = [...new Set([certificateHome(region), region])];
  if (homes.some((home) => new RegExp(`^\\d+-${home}$`).test(id))) return [];
  return [
    {
      path: "ams:certificate.id",
      got: show(id),
      allowed: `a certificate id in Certificate Management Service (its number and site), such as ${examples.certificateId(cluster)}`,
      fix: setPath("ams:certificate.id", examples.certificateId(cluster)),
    },
  ];
}
