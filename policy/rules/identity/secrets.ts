import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { bootTextOf, bootTypes, spreadOut } from "../../../recording/read/boot-text.ts";
import { linkOf, ofType, targetOf } from "../../../recording/read/links.ts";
import { type Fields, isUnknown, same, valueAt } from "../../../recording/read/plain.ts";
import { grantsOf, policyTypes } from "../../../recording/read/statements.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";

/** Which secrets a role reads, and which its machines ask for. */

const isSecretRead = (action: string): boolean =>
  /^(secretsmanager:(get|batchget)|ssm:getparameter|kms:getsecretvalue|oos:getsecretparameter)/i.test(action);

const secretNames: Readonly<Record<string, string>> = {
  [awsType.secret]: "name",
  [alibabaType.parameter]: "secretParameterName",
  [alibabaType.secret]: "secretName",
};

const secretsOf = (all: readonly Resource[]): readonly Resource[] => ofType(all, ...Object.keys(secretNames));

const nameOf = (secret: Resource): string => String(secret.props[secretNames[secret.type] ?? ""]);

/** The secret whose whole name a statement's resource ends with. AWS puts six characters behind it. */
function secretNamed(resource: string, secrets: readonly Resource[]): Resource | undefined {
  const last = resource.split(/[:/]/).at(-1) ?? "";
  const name = last.replace(/-\?{6}$/, "");
  return secrets.find(
    (secret) =>
      [`{${secret.name}}`, `{${secret.name}.arn}`, `{${secret.name}.id}`].includes(resource) || nameOf(secret) === name,
  );
}

/** What each policy reads of secrets, as the statement says it. */
const readsOf = (all: readonly Resource[]): readonly { readonly on: Resource; readonly resource: string }[] =>
  grantsOf(all)
    .filter(({ actions }) => actions.some(isSecretRead))
    .flatMap(({ on, resources }) => resources.map((resource) => ({ on, resource })))
    .filter(({ resource }) => resource !== "*");

/** Undefined while the name of one isn't known. */
function knownSecrets(all: readonly Resource[]): readonly Resource[] | undefined {
  const secrets = secretsOf(all);
  return secrets.some(({ type, props }) => isUnknown(props[secretNames[type] ?? ""])) ? undefined : secrets;
}

export const ownSecret: Rule = {
  id: "roles-read-named-secrets",
  concern: "identity",
  sources: { aws: ["CKV_AWS_287", "CKV_AWS_288", "own"], alibaba: ["own"] },
  demands: "A role can read only secrets of this stack, and its policy lists each of them by its full name",
  remedy: "limit the statement's Resource to the secret that the machine needs",
  looksAt: byCloud(policyTypes),
  find: (all) => {
    const secrets = knownSecrets(all);
    if (secrets === undefined) return [];
    return readsOf(all)
      .filter(({ resource }) => secretNamed(resource, secrets) === undefined)
      .map(({ on, resource }) => ({
        on,
        fault: `it can read the secret ${resource}, which does not belong to this stack`,
      }));
  },
};

const profile = "aws:iam/instanceProfile:InstanceProfile";
const ramAttachment = "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment";
const machineRole = "alicloud:ecs/ramRoleAttachment:RamRoleAttachment";

/** Templates and machines that a policy's role is of; none for a user's, and where that can't be told. */
function machinesOf(all: readonly Resource[], policy: Resource): readonly Resource[] {
  const machines = ofType(all, ...bootTypes);
  if (policy.type === "alicloud:ram/policy:Policy") {
    const roles = ofType(all, ramAttachment)
      .filter(
        ({ props: { policyName } }) =>
          targetOf(all, policyName) === policy ||
          (!isUnknown(policyName) && same(policyName, policy.props["policyName"] ?? null)),
      )
      .map(({ props }) => linkOf(props["roleName"]))
      .flatMap((role) => (role === undefined ? [] : [role]));
    const by = (props: Fields): boolean => roles.includes(linkOf(props["ramRoleName"] ?? props["roleName"]) ?? "");
    const attached = ofType(all, machineRole).filter(({ props }) => by(props));
    return machines.filter(
      (on) => by(on.props) || attached.some(({ props }) => targetOf(all, props["instanceId"]) === on),
    );
  }
  const role = targetOf(all, policy.props["role"]);
  const profiles = ofType(all, profile).filter(
    ({ props }) => role !== undefined && targetOf(all, props["role"]) === role,
  );
  return machines.filter((on) =>
    ["iamInstanceProfile", "iamInstanceProfile.arn", "iamInstanceProfile.name"].some((path) =>
      profiles.some((one) => targetOf(all, valueAt(on.props, path)) === one),
    ),
  );
}

const texts = new WeakMap<Fields, string>();

/** Everything that a machine is told at its first boot, unpacked once. */
function allBootText(on: Resource): string | undefined {
  const known = texts.get(on.props);
  if (known !== undefined) return known;
  const text = bootTextOf(on);
  if (text === undefined) return undefined;
  const all = spreadOut(text).join("\n");
  texts.set(on.props, all);
  return all;
}

/** A machine's own text, or that of its template. */
const textOf = (all: readonly Resource[], on: Resource): string | undefined => {
  const template = targetOf(all, valueAt(on.props, "launchTemplate.id"));
  return allBootText(on) ?? (template === undefined ? undefined : allBootText(template));
};

export const askedSecret: Rule = {
  id: "roles-read-what-their-machines-ask-for",
  concern: "identity",
  sources: { aws: ["CKV_AWS_287", "own"], alibaba: ["own"] },
  demands: "A machine's role can read only the secrets that are listed in the machine's user data",
  remedy: "remove the unused secret from the statement's Resource",
  looksAt: byCloud([...policyTypes, ...bootTypes]),
  find: (all) => {
    const secrets = knownSecrets(all) ?? [];
    return readsOf(all).flatMap(({ on, resource }): readonly Fault[] => {
      const secret = secretNamed(resource, secrets);
      const told = secret === undefined ? [] : machinesOf(all, on).map((machine) => textOf(all, machine));
      // A text that names no secret at all says nothing about them.
      const isTold = told.every((text) => text !== undefined && secrets.some((one) => text.includes(nameOf(one))));
      if (secret === undefined || told.length === 0 || !isTold) return [];
      return told.some((text) => text?.includes(nameOf(secret)))
        ? []
        : [{ on, fault: `it can read ${secret.name}, which its machines do not use` }];
    });
  },
};
