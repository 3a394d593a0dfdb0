import { hasGpu, type MachineSize } from "../../model/groups/machine-size.ts";
import { absent, type Fault, show } from "../fault.ts";
import { setPath } from "../remedy/command.ts";

/** A cluster without a name, where something of it requires one; `needed` says what does, and why. */
export const missingDomain = (needed: string): Fault => ({
  path: "ams:domain",
  got: absent,
  allowed: `a domain name and its zone, because ${needed}`,
  fix: setPath("ams:domain", { name: "live.example.com", zone: "example.com" }),
});

/** A fault where machines that do not transcode have a GPU. */
export const withoutGpu = (path: string, machine: MachineSize, why: string, instead: MachineSize): readonly Fault[] =>
  hasGpu(machine)
    ? [{ path, got: show(machine), allowed: `a compute or general size, because ${why}`, fix: setPath(path, instead) }]
    : [];
