import type { Cluster } from "../../config/types.ts";
import { defaultForwardPath, forwardFile, forwardPort } from "../../model/operation/forward.ts";
import { installed, type Machine, unit } from "./render.ts";

/** OpenTelemetry's names of the clouds (semantic conventions, `cloud.provider`). */
const providers = { aws: "aws", alibaba: "alibaba_cloud" } as const;

const cloudLogs = "/usr/local/lib/ams-cluster/logs.py";

/** A machine that forwards its log; where nothing is forwarded, it is as it was, byte for byte. */
export function withForwarding({ cloud, logs: { forward } }: Cluster, machine: Machine): Machine {
  if (forward === undefined) return machine;
  const { protocol, host, tls, ca } = forward;
  const form = {
    ...{ protocol, host, port: forwardPort(forward), tls },
    ...(ca === undefined ? {} : { ca }),
    ...(protocol === "otlp" ? { path: forward.path ?? defaultForwardPath, provider: providers[cloud] } : {}),
  };
  return {
    ...machine,
    files: [
      // The programs' own `logs` comes before the cloud's.
      ...machine.files.map((file) =>
        file.path === cloudLogs ? { ...file, path: cloudLogs.replace("logs.py", "cloud_logs.py") } : file,
      ),
      ...["logs", "forward", `forward_${protocol}`].map((name) => installed(`forward/${name}.py`)),
      unit("forward/ams-forward.service"),
      unit("forward/ams-forward.socket"),
      { path: forwardFile, text: `${JSON.stringify(form, undefined, 1)}\n` },
    ],
    // The socket is there before the first program that has a line, and starts the service with it.
    commands: [["systemctl", "enable", "--now", "--no-reload", "ams-forward.socket"], ...machine.commands],
  };
}
