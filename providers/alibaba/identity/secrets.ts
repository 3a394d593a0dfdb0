import { createHash } from "node:crypto";
import { EcsKeyPair } from "@pulumi/alicloud/ecs/ecsKeyPair.js";
import { Secret } from "@pulumi/alicloud/kms/secret.js";
import { SecretParameter } from "@pulumi/alicloud/oos/secretParameter.js";
import { Policy } from "@pulumi/alicloud/ram/policy.js";
import { Role } from "@pulumi/alicloud/ram/role.js";
import { RolePolicyAttachment } from "@pulumi/alicloud/ram/rolePolicyAttachment.js";
import type { CustomResource, CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { MachineRole } from "../../../machine/index.ts";
import { groupsOf } from "../../../model/cluster.ts";
import { ownDatabase } from "../../../model/groups/database.ts";
import { namedTags, type SecretReader, secretName } from "../../../model/naming.ts";
import { proxiesRenew, proxyOf } from "../../../model/traffic/balancer.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Secrets as GivenSecrets } from "../../contract.ts";
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
import { print } from "../../shared/print.ts";
import { addLog } from "../observability/logs.ts";
import type { Settings } from "../schema.ts";
import { permissions } from "./permissions.ts";

/** The RAM role of a group's machines, and what has to stand before they can use it. */
export interface InstanceRole {
  readonly name: Output<string>;
  /** Has the account's number in it. */
  readonly arn: Output<string>;
  readonly ready: readonly CustomResource[];
}

const recoveryWindowInDays = 7;

const ecsMayAssume = JSON.stringify({
  Version: "1",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ["ecs.aliyuncs.com"] } }],
});

/**
 * The machines' secrets, a RAM role for each group of machines, and the administrators' SSH key. The
 * media machines' secret holds the database's URL: `storeMedia` writes it once a database that the cloud runs has its
 * address.
 */
export class Secrets extends ClusterComponent {
  readonly credentials: Credentials;
  /** There only with `access.sshPublicKey`. */
  readonly keyPairName?: Output<string>;
  readonly logProject: Output<string>;
  readonly #cluster: Cluster;
  readonly #settings: Settings;
  readonly #given: GivenSecrets;
  readonly #roles: ReadonlyMap<MachineRole, InstanceRole>;

  constructor(cluster: Cluster, settings: Settings, given: GivenSecrets, parent: ClusterComponent) {
    super("Secrets", `${cluster.name}-secrets`, parent);
    this.#cluster = cluster;
    this.#settings = settings;
    this.#given = given;
    this.credentials = credentials(this, cluster, given);
    this.#roles = new Map<MachineRole, InstanceRole>([
      ...groupsOf(cluster).map(({ role }) => [role, this.#addRole(role)] as const),
      ...(ownDatabase(cluster) === undefined ? [] : [["database", this.#addDatabaseRole()] as const]),
      ...(proxyOf(cluster) === undefined ? [] : [["proxy", this.#addProxyRole()] as const]),
      ...(cluster.turn === undefined ? [] : [["turn", this.#addTurnRole()] as const]),
    ]);
    this.logProject = addLog(this, cluster, this.roleOf("origin").arn);
    if (cluster.access.sshPublicKey !== undefined) {
      this.keyPairName = this.#addKeyPair(inputOf(cluster.access.sshPublicKey)).keyPairName;
    }
    this.registerOutputs();
  }

  /** Role of a group's machines. Throws for machines that the cluster doesn't have. */
  roleOf(role: MachineRole): InstanceRole {
    const found = this.#roles.get(role);
    if (found === undefined) throw new Error(`no role, because there are no ${role} machines`);
    return found;
  }

  /** What the media machines read, and wait for, with what only other parts know. */
  storeMedia(places?: Places): CustomResource {
    return this.#store("media", mediaText(this.#cluster, this.#given, this.credentials, places));
  }

  #addDatabaseRole(): InstanceRole {
    const secret = this.#store("database", databaseText(this.#cluster, this.#given, this.credentials));
    const role = this.#addRole("database");
    return { ...role, ready: [secret, ...role.ready] };
  }

  #addTurnRole(): InstanceRole {
    const secret = this.#store("turn", turnText(this.#cluster, this.#given, this.credentials));
    const role = this.#addRole("turn");
    return { ...role, ready: [secret, ...role.ready] };
  }

  #addProxyRole(): InstanceRole {
    const secret = this.#store("proxy", proxyText(this.#cluster, this.#given, this.credentials));
    const role = this.#addRole("proxy");
    return {
      ...role,
      ready: [secret, ...(proxiesRenew(this.#cluster) ? [this.#addCertificate()] : []), ...role.ready],
    };
  }

  /**
   * Empty for the proxies to fill. An update of a parameter sends its value along whatever changes, and so the one that
   * the stack last saw (provider, oos_secret_parameter): nothing of it is ever updated.
   */
  #addCertificate(): CustomResource {
    const ignoreChanges = ["value", "description", "tags", "secretData", "versionId"];
    return this.#store("certificate", pulumi.secret("{}"), { ignoreChanges });
  }

  #store(reader: SecretReader, text: Output<string>, options: CustomResourceOptions = {}): CustomResource {
    return this.#settings.kms === undefined
      ? this.#addParameter(reader, text, options)
      : this.#addSecret(reader, text, options);
  }

  #addRole(of: MachineRole): InstanceRole {
    const name = `${this.#cluster.name}-secrets-${of}`;
    // RAM has no regions, so the name has to tell the same cluster's roles of two regions apart.
    const physicalName = `${this.#cluster.name}-${of}-${this.#cluster.region}`;
    const tags = namedTags(this.#cluster, name);
    const role = new Role(
      name,
      {
        roleName: physicalName,
        description: `Permissions of the ${of} machines in ${this.#cluster.name}`,
        assumeRolePolicyDocument: ecsMayAssume,
        tags,
      },
      this.child(),
    );
    const policy = new Policy(
      name,
      {
        policyName: physicalName,
        description: `Permissions of the ${of} machines in ${this.#cluster.name}`,
        policyDocument: permissions(this.#cluster, this.#settings, of),
        rotateStrategy: "DeleteOldestNonDefaultVersionWhenLimitExceeded",
        tags,
      },
      this.child(),
    );
    const granted = new RolePolicyAttachment(
      name,
      { roleName: role.roleName, policyName: policy.policyName, policyType: "Custom" },
      this.child(),
    );
    return { name: role.roleName, arn: role.arn, ready: [granted] };
  }

  #addParameter(reader: SecretReader, text: Output<string>, options: CustomResourceOptions): SecretParameter {
    const name = `${this.#cluster.name}-secrets-${reader}`;
    return new SecretParameter(
      name,
      {
        // Fixed: the machines ask for it by name.
        secretParameterName: secretName(this.#cluster, reader),
        type: "Secret",
        value: text,
        description: secretDescription(this.#cluster, reader),
        tags: namedTags(this.#cluster, name),
      },
      this.durable(this.#cluster, options),
    );
  }

  #addSecret(reader: SecretReader, text: Output<string>, options: CustomResourceOptions): Secret {
    const name = `${this.#cluster.name}-secrets-${reader}`;
    const { kms } = this.#settings;
    return new Secret(
      name,
      {
        secretName: secretName(this.#cluster, reader),
        secretType: "Generic",
        secretData: text,
        // A version's number is used once, so it has to change with the text.
        versionId: text.apply((value) => createHash("sha256").update(value).digest("hex").slice(0, 32)),
        ...(kms === undefined ? {} : { dkmsInstanceId: kms.instanceId, encryptionKeyId: kms.keyId }),
        recoveryWindowInDays,
        description: secretDescription(this.#cluster, reader),
        tags: namedTags(this.#cluster, name),
      },
      this.durable(this.#cluster, options),
    );
  }

  /** The provider can't change a pair's key, so the name follows the key and another key makes another pair. */
  #addKeyPair(publicKey: Input<string>): EcsKeyPair {
    const name = `${this.#cluster.name}-secrets-ssh`;
    const tags = namedTags(this.#cluster, name);
    const keyPairName = pulumi.output(publicKey).apply((key) => `${name}-${print(key)}`);
    return new EcsKeyPair(name, { keyPairName, publicKey, tags }, this.child());
  }
}
