import type { Cloud, Kind } from "./cloud.ts";

type Hook = "launch" | "drain";

/** A scaling group of one cloud, as far as its machines meet it: what it wants of them, and its hooks. */
export interface Group {
  /** What the machine told it, one line each. */
  readonly told: readonly string[];
  readonly awaits: (hook: Hook) => void;
  /** Where the group wants the machine, by AWS's words. */
  readonly wants: (state: string) => void;
  /** Wants the machine back. Its hook waits only after the balancer's own drain, when `awaits` is called. */
  readonly letGo: () => void;
}

const machine = "i-0123";

/** The same words on both clouds. */
const health = (told: string[], reply: string) => (form: URLSearchParams) => {
  if (form.get("InstanceId") !== machine) throw new Error("InvalidInstanceId.NotFound");
  told.push(`health ${form.get("HealthStatus")}`);
  return reply;
};

/** AWS: the metadata says what it wants; a hook is answered by its name and the machine's id. */
function awsGroup(cloud: Cloud, told: string[], pending: Set<Hook>, others: Others): Group {
  const name = "ams-test-edge-4f2a";
  const answer = (verb: string) => (form: URLSearchParams) => {
    const hook = form.get("LifecycleHookName") as Hook;
    if (form.get("AutoScalingGroupName") !== name || form.get("InstanceId") !== machine)
      throw new Error("ValidationError");
    if (!pending.has(hook)) throw new Error(`No active Lifecycle Action found with instance ID ${machine}`);
    if (verb === "complete") pending.delete(hook);
    told.push([verb, hook, form.get("LifecycleActionResult")].filter((word) => word !== null).join(" "));
    return "<Response/>";
  };
  const member = (id: string): string => {
    const words = { InstanceId: id, AutoScalingGroupName: name, LifecycleState: "InService", HealthStatus: "HEALTHY" };
    return `<member>${Object.entries(words)
      .map(([key, value]) => `<${key}>${value}</${key}>`)
      .join("")}</member>`;
  };
  cloud.metadata.set("autoscaling/target-lifecycle-state", "InService");
  // Of one machine by its id, or of all.
  cloud.actions.set("DescribeAutoScalingInstances", (form) => {
    const asked = form.get("InstanceIds.member.1");
    const known = [machine, ...Object.keys(others)].filter((id) => asked === null || asked === id);
    return `<R xmlns="http://autoscaling.amazonaws.com/">${known.map(member).join("")}</R>`;
  });
  cloud.actions.set("RecordLifecycleActionHeartbeat", answer("heartbeat"));
  cloud.actions.set("CompleteLifecycleAction", answer("complete"));
  cloud.actions.set("SetInstanceHealth", health(told, "<Response/>"));
  return {
    told,
    awaits: (hook) => pending.add(hook),
    wants: (state) => cloud.metadata.set("autoscaling/target-lifecycle-state", state),
    letGo: () => cloud.metadata.set("autoscaling/target-lifecycle-state", "Terminated"),
  };
}

/** Addresses of the machines that leave by the same action, by their ids. */
export type Others = Readonly<Record<string, string>>;

/** Alibaba: everything is asked of the API; an action has a token, and may be of several machines. */
function alibabaGroup(cloud: Cloud, told: string[], pending: Set<Hook>, others: Others): Group {
  let state = "InService";
  const all: Others = { [machine]: "10.0.0.11", ...others };
  const reply = (key: string, list: readonly object[]) => JSON.stringify({ [key]: list });
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`InvalidParameter ${what}`);
  };
  cloud.actions.set("DescribeScalingInstances", (form) => {
    must(form.get("Version") === "2022-02-22", "Version");
    const ids = [...form].filter(([key]) => key.startsWith("InstanceIds.")).map(([, id]) => id);
    must(ids.length > 0 || form.get("ScalingGroupId") === "asg-1", "InstanceIds");
    const known = ids.length === 0 ? Object.keys(all) : ids.filter((id) => id in all);
    return reply(
      "ScalingInstances",
      known.map((InstanceId) => ({
        InstanceId,
        ScalingGroupId: "asg-1",
        LifecycleState: state,
        HealthStatus: "Healthy",
        PrivateIpAddress: all[InstanceId],
      })),
    );
  });
  cloud.actions.set("DescribeLifecycleHooks", (form) => {
    must(form.get("ScalingGroupId") === "asg-1", "ScalingGroupId");
    const hook = form.get("LifecycleHookName") ?? "";
    return reply("LifecycleHooks", [{ LifecycleHookName: hook, LifecycleHookId: `ash-${hook}` }]);
  });
  cloud.actions.set("DescribeScalingActivities", (form) => {
    must(form.get("StatusCode") === "InProgress" && form.get("ScalingGroupId") === "asg-1", "StatusCode");
    return reply("ScalingActivities", [{ ScalingActivityId: "asa-1" }, { ScalingActivityId: "asa-2" }]);
  });
  cloud.actions.set("DescribeLifecycleActions", (form) => {
    const mine = form.get("ScalingActivityId") === "asa-2" && form.get("LifecycleActionStatus") === "Pending";
    const actions = [...pending].map((hook) => ({
      LifecycleHookId: `ash-${hook}`,
      LifecycleActionToken: `token-${hook}`,
      InstanceIds: Object.keys(all),
    }));
    return reply("LifecycleActions", mine ? actions : []);
  });
  // The heartbeat's own parameters begin with a small letter (its SDKs).
  cloud.actions.set("RecordLifecycleActionHeartbeat", (form) => {
    const hook = (form.get("lifecycleHookId") ?? "").replace("ash-", "") as Hook;
    must(form.get("lifecycleActionToken") === `token-${hook}` && pending.has(hook), "lifecycleActionToken");
    must(Number(form.get("heartbeatTimeout")) >= 30, "heartbeatTimeout");
    told.push(`heartbeat ${hook}`);
    return "{}";
  });
  cloud.actions.set("CompleteLifecycleAction", (form) => {
    const hook = (form.get("LifecycleHookId") ?? "").replace("ash-", "") as Hook;
    must(form.get("LifecycleActionToken") === `token-${hook}` && pending.delete(hook), "LifecycleActionToken");
    told.push(`complete ${hook} ${form.get("LifecycleActionResult")}`);
    return "{}";
  });
  cloud.actions.set("SetInstanceHealth", health(told, "{}"));
  return {
    told,
    awaits: (hook) => pending.add(hook),
    wants: (next) => {
      state = next;
    },
    letGo: () => {
      state = "Removing:Wait";
    },
  };
}

export function startGroup(kind: Kind, cloud: Cloud, others: Others = {}): Group {
  return kind === "aws" ? awsGroup(cloud, [], new Set(), others) : alibabaGroup(cloud, [], new Set(), others);
}
