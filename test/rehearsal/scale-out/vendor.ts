import { chmodSync } from "node:fs";
import { put } from "../../machine/rig.ts";
import type { Machine } from "../machine.ts";
import { addresses } from "../site.ts";

const mirror = `http://${addresses.router}`;

/** Says that a step is over as our own machines do, so that both are read in the same way. */
const over = (step: string): string => `echo "step=${step} state=ok seconds=-"`;

/**
 * What the user data of Ant Media's CloudFormation template (ant-media/Scripts, cloudformation/
 * antmedia-aws-autoscale-template.yaml, as of 2026-03) has a media machine do. In its favour: the database has the form that
 * AMS 3.x takes, where the template's bare address leaves it standalone (Ant-Media-Server issue 7838); downloads come
 * without TLS from a server on this machine; the signal is a stand-in that starts no Python. `options` are apt-get's.
 */
export const vendorUserData = (database: string, options = ""): string =>
  [
    "#!/bin/bash",
    "touch /usr/local/antmedia/conf/initialized",
    `bash /usr/local/antmedia/change_server_mode.sh cluster ${database}`,
    over("mode"),
    "apt-get update",
    over("update"),
    `apt-get install -y ${options} python3-pip`,
    over("install"),
    `pip install ${mirror}/aws-cfn-bootstrap-py3-latest.tar.gz --break-system-packages`,
    over("helpers"),
    "mkdir -p /opt/aws/bin",
    "ln -s /usr/local/init/ubuntu/cfn-hup /etc/init.d/cfn-hup",
    "ln -s /usr/local/bin/cfn-* /opt/aws/bin/",
    "/opt/stand-in/cfn-signal -e $?",
    over("signal"),
    "",
  ].join("\n");

/** The stand-in of the signal fails where the helpers have not been installed, so that no failed run is measured. */
const signal = `#!/bin/sh
[ -x /opt/aws/bin/cfn-signal ] || exit 1
echo "cfn-signal $2" >>"$AMS_TEST_EVENTS"
`;

/** Lets a machine find the downloads on the site's own server. */
export function mirrored(machine: Machine): Machine {
  machine.knows(addresses.router, "deb.debian.org");
  const pip = ["no-index = true", `find-links = ${mirror}/packages/`, `trusted-host = ${addresses.router}`];
  put(`${machine.root}/etc/pip.conf`, `[global]\n${pip.join("\n")}\n`);
  put(`${machine.root}/opt/stand-in/cfn-signal`, signal);
  chmodSync(`${machine.root}/opt/stand-in/cfn-signal`, 0o755);
  return machine;
}
