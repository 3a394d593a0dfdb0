import type { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { KeyPair } from "@pulumi/aws/ec2/keyPair.js";
import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { MachineRole } from "../../../machine/index.ts";
import { groupsOf } from "../../../model/cluster.ts";
import { ownDatabase } from "../../../model/groups/database.ts";
import { namedTags, type SecretReader, secretName } from "../../../model/naming.ts";
import { proxiesRenew, proxyOf } from "../../../model/traffic/balancer.ts";
import { challengeOf, turnShares } from "../../../model/traffic/issued.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Secrets as GivenSecrets } from "../../contract.ts";
import { ownKey } from "../../shared/existing.ts";
import {
  type Credentials,
  credentials,
  databaseText,
  mediaText,
  type Places,
  proxyText,
  secretDescription,
  turnText,
} from "../../shared/generated.ts";
import { inputOf } from "../../shared/handles.ts";
import { addLog } from "../observability/logs.ts";
import type { Settings } from "../schema.ts";
import { identityOf, permissions, placeOf } from "./permissions.ts";
import { partition } from "./statements.ts";

const recoveryWindowInDays = 7;

/**
 * Who may act as a role: a service of AWS. Services have the same names in all partitions (AWS CDK, region-info) but EC2 in
 * China, where it takes roles under its own (user guide of AWS in China, "IAM").
 */
export function mayAssume(cluster: Cluster, service: "ec2" | "dlm"): string {
  const suffix = service === "ec2" && partition(cluster) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const Principal = { Service: `${service}.${suffix}` };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }],
  });
}

/**
 * Secrets Manager's secrets, an instance profile for each group of machines, the log that they write and the SSH key if
 * any. The media machines' secret holds the database's URL: `storeMedia` writes it once a database
 * that AWS runs has its address.
 */
export class Secrets extends ClusterComponent {
  readonly credentials: Credentials;
  /** There only with `access.sshPublicKey`. */
  readonly keyPair: KeyPair | undefined;
  /** Number of the account, as the log's ARN has it. */
  readonly account: pulumi.Output<string>;
  readonly #cluster: Cluster;
  readonly #settings: Settings;
  readonly #given: GivenSecrets;
  readonly #log: LogGroup;
  readonly #mediaSecret: Secret;
  readonly #profiles: ReadonlyMap<MachineRole, InstanceProfile>;

  constructor(cluster: Cluster, settings: Settings, given: GivenSecrets, parent: ClusterComponent) {
    super("Secrets", `${cluster.name}-secrets`, parent);
    this.#cluster = cluster;
    this.#settings = settings;
    this.#given = given;
    this.credentials = credentials(this, cluster, given);
    this.#log = addLog(this, cluster);
    this.account = this.#log.arn.apply((arn) => arn.split(":")[4] ?? "");
    this.#mediaSecret = this.#addSecret("media");
    const certificate = proxiesRenew(cluster) ? this.#addSecret("certificate") : undefined;
    this.#profiles = new Map<MachineRole, InstanceProfile>([
      ...groupsOf(cluster).map(({ role }) => [role, this.#addProfile(role, this.#mediaSecret)] as const),
      ...(ownDatabase(cluster) === undefined ? [] : [["database", this.#addDatabaseProfile()] as const]),
      ...(proxyOf(cluster) === undefined ? [] : [["proxy", this.#addProxyProfile(certificate)] as const]),
      ...(cluster.turn === undefined ? [] : [["turn", this.#addTurnProfile(certificate)] as const]),
    ]);
    const { sshPublicKey } = cluster.access;
    this.keyPair = sshPublicKey === undefined ? undefined : this.#addKeyPair(inputOf(sshPublicKey));
    this.registerOutputs();
  }

  /** Profile of a group's machines. Throws for machines that the cluster doesn't have. */
  profileOf(role: MachineRole): InstanceProfile {
    const found = this.#profiles.get(role);
    if (found === undefined) throw new Error(`no instance profile, because there are no ${role} machines`);
    return found;
  }

  /** What the media machines read, with what only other parts know. */
  storeMedia(places?: Places): void {
    this.#store("media", this.#mediaSecret, mediaText(this.#cluster, this.#given, this.credentials, places));
  }

  #addDatabaseProfile(): InstanceProfile {
    const secret = this.#addSecret("database");
    this.#store("database", secret, databaseText(this.#cluster, this.#given, this.credentials));
    return this.#addProfile("database", secret);
  }

  #addTurnProfile(certificate: Secret | undefined): InstanceProfile {
    const secret = this.#addSecret("turn");
    this.#store("turn", secret, turnText(this.#cluster, this.#given, this.credentials));
    return this.#addProfile("turn", secret, turnShares(this.#cluster) ? certificate : undefined);
  }

  /** The certificate's secret has no version of ours: the proxies write all of them, which no update may undo. */
  #addProxyProfile(certificate: Secret | undefined): InstanceProfile {
    const secret = this.#addSecret("proxy");
    this.#store("proxy", secret, proxyText(this.#cluster, this.#given, this.credentials, this.#zoneToProve()));
    return this.#addProfile("proxy", secret, certificate);
  }

  /** There only where the proxies write into the zone. */
  #zoneToProve(): pulumi.Input<string> | undefined {
    const { hostedZoneId } = this.#settings;
    return hostedZoneId === undefined || challengeOf(this.#cluster) !== "dns" ? undefined : inputOf(hostedZoneId);
  }

  #name(key: string): string {
    return `${this.#cluster.name}-secrets-${key}`;
  }

  #addKeyPair(publicKey: pulumi.Input<string>): KeyPair {
    const name = this.#name("ssh");
    return new KeyPair(name, { publicKey, tags: namedTags(this.#cluster, name) }, this.child());
  }

  #addProfile(of: MachineRole, secret: Secret, certificate?: Secret): InstanceProfile {
    const name = this.#name(of);
    const tags = namedTags(this.#cluster, name);
    const assumeRolePolicy = mayAssume(this.#cluster, "ec2");
    const role = new Role(name, { assumeRolePolicy, ...identityOf(this.#settings), tags }, this.child());
    const arns = {
      secretArn: secret.arn,
      logGroupArn: this.#log.arn,
      certificateArn: certificate?.arn,
      hostedZoneId: this.#zoneToProve(),
    };
    const policy = permissions(this.#cluster, of, arns);
    new RolePolicy(name, { role: role.name, policy }, this.child());
    return new InstanceProfile(name, { role: role.name, ...placeOf(this.#settings), tags }, this.child());
  }

  #addSecret(reader: SecretReader): Secret {
    const name = this.#name(reader);
    return new Secret(
      name,
      {
        // Fixed: the machines ask for it by name.
        name: secretName(this.#cluster, reader),
        description: secretDescription(this.#cluster, reader),
        recoveryWindowInDays,
        ...ownKey(this.#cluster),
        tags: namedTags(this.#cluster, name),
      },
      this.durable(this.#cluster),
    );
  }

  #store(reader: SecretReader, secret: Secret, text: pulumi.Output<string>): void {
    new SecretVersion(this.#name(reader), { secretId: secret.id, secretString: text }, this.child());
  }
}
