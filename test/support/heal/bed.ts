import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cloud as CloudName } from "../../../config/types.ts";
import { startCloud } from "../cloud/server.ts";
import { type StackOptions, StackUnderTest } from "../stack.ts";
import { Injector } from "./faults.ts";
import { Patient, panelPassword } from "./sweep.ts";

export interface Bed {
  readonly patient: Patient;
  readonly remove: () => void;
}

/** A new stack on a stand-in cloud of its own, whose operations can be made to fail. */
export async function makeBed(name: CloudName, program: NonNullable<StackOptions["program"]>): Promise<Bed> {
  const directory = mkdtempSync(join(tmpdir(), "ams-cloud-"));
  const late: { stack?: StackUnderTest } = {};
  const injector = new Injector(async () => late.stack?.kill());
  const cloud = await startCloud(directory, { onOperation: (operation) => injector.onOperation(operation) });
  const stack = new StackUnderTest({ stack: name, cloud, program });
  late.stack = stack;
  await stack.init();
  await stack.setSecret("ams:panelPassword", panelPassword);
  const remove = () => {
    stack.remove();
    cloud.stop();
    rmSync(directory, { recursive: true });
  };
  return { patient: new Patient(stack, cloud, injector), remove };
}
