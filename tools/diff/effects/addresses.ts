import type { ResourceChange } from "../change.ts";
import { className } from "../urn.ts";

/** What a change means for the addresses that machines bind, and for the bandwidth that these share. */
export function addressEffects(changes: readonly ResourceChange[]): readonly string[] {
  const shared = changes.find(({ type }) => className(type) === "CommonBandwithPackage");
  const addresses = changes.filter(({ type }) => /^(Eip|EipAddress)$/.test(className(type)));
  return [...(shared === undefined ? [] : sharedEffects(shared)), ...poolEffects(addresses)];
}

function sharedEffects({ operation, before, after }: ResourceChange): readonly string[] {
  const alone = "each address is limited to its own bandwidth";
  switch (operation) {
    case "create":
      return [`creates shared bandwidth of ${after["bandwidth"]} Mbps for media machines and load balancers`];
    case "delete":
      return [`deletes the shared bandwidth; afterwards, ${alone}`];
    case "replace":
      return [`replaces the shared bandwidth: ${alone} until it joins the new shared bandwidth`];
    default:
      return before["bandwidth"] === after["bandwidth"]
        ? []
        : [`shared bandwidth: ${before["bandwidth"]} Mbps -> ${after["bandwidth"]} Mbps`];
  }
}

function poolEffects(addresses: readonly ResourceChange[]): readonly string[] {
  return ["origin", "edge"].flatMap((role) => {
    const own = addresses.filter(({ name }) => name.includes(`-addresses-${role}-`));
    const count = (...operations: readonly string[]) =>
      own.filter(({ operation }) => operations.includes(operation)).length;
    const [made, gone] = [count("create"), count("delete", "replace")];
    return [
      ...(made === 0
        ? []
        : [`${role} group: allocates ${made} more public addresses, which are billed even when they are not in use`]),
      ...(gone === 0
        ? []
        : [
            `${role} group: releases ${gone} public addresses; machines that use these addresses lose their connections`,
          ]),
    ];
  });
}
