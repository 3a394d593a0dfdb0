import { AlarmContact } from "@pulumi/alicloud/cms/alarmContact.js";
import { AlarmContactGroup } from "@pulumi/alicloud/cms/alarmContactGroup.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import { print } from "../../shared/print.ts";

/** The group that CloudMonitor tells: empty without receivers, as a rule needs one. Each address has to be confirmed. */
export function addContacts(component: ClusterComponent, cluster: Cluster): Output<string> {
  const name = `${cluster.name}-alarms`;
  const contacts = cluster.alarms.emails.map((email) => {
    const alarmContactName = `${cluster.name}-${print(email)}`;
    return new AlarmContact(
      `${name}-${print(email)}`,
      { alarmContactName, describe: `Alarms of ${cluster.name}`, channelsMail: email, lang: "en" },
      component.child(),
    ).alarmContactName;
  });
  const group = new AlarmContactGroup(
    name,
    {
      // Contacts have no regions.
      alarmContactGroupName: `${name}-${cluster.region}`,
      describe: `Alarms of ${cluster.name}`,
      contacts,
    },
    component.child({ deleteBeforeReplace: true }),
  );
  return group.alarmContactGroupName;
}
