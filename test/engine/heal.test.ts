import assert from "node:assert/strict";
import { clouds } from "../support/contract.ts";
import { type Bed, makeBed } from "../support/heal/bed.ts";
import type { FaultKind, Phase } from "../support/heal/faults.ts";
import { oneByOne } from "../support/heal/sweep.ts";

/** A spread over the operations and the kinds of faults; `npm run heal` hits each operation in each way. */
const spread: Readonly<Record<(typeof clouds)[number], Readonly<Record<Phase, readonly FaultKind[]>>>> = {
  aws: { create: ["killed-after", "lost", "refused"], update: ["timed-out"], delete: ["killed-before"] },
  alibaba: { create: ["timed-out", "killed-before", "killed-after"], update: ["refused"], delete: ["lost"] },
};

/** Few enough for a test: of some 150 creates three are hit, of the updates and deletes one. */
const every: Readonly<Record<Phase, number>> = { create: 60, update: 1000, delete: 1000 };

/** A kill leaves a program that the engine started without its engine; one that stays loaded saves most of the time. */
const programs = { aws: "started", alibaba: "loaded" } as const;

for (const cloud of clouds) {
  describe(`A failed deployment on ${cloud}`, () => {
    let bed: Bed;

    const survive = async (phase: Phase) => {
      const { patient } = bed;
      const perform = () => (phase === "delete" ? patient.stack.destroy(...oneByOne) : patient.stack.up(...oneByOne));
      const plan = { phase, kinds: spread[cloud][phase], every: every[phase] };
      const { operations, survived } = await patient.survive(plan, perform);
      assert.deepEqual(
        survived.map(({ kind }) => kind),
        Array.from(
          { length: Math.ceil(operations / every[phase]) },
          (_, index) => plan.kinds[index % plan.kinds.length],
        ),
      );
      return operations;
    };

    before(async () => {
      bed = await makeBed(cloud, programs[cloud]);
    });

    after(() => bed?.remove());

    it(`is made whole by the next run after creates: ${spread[cloud].create.join(", ")}`, async () => {
      assert.ok((await survive("create")) > 90);
      await bed.patient.isWhole();
    });

    it(`is made whole after an update: ${spread[cloud].update.join(", ")}`, async () => {
      await bed.patient.stack.set("ams:protect", "false");
      assert.ok((await survive("update")) > 2);
      await bed.patient.isWhole();
    });

    it(`leaves nothing after a delete: ${spread[cloud].delete.join(", ")}`, async () => {
      assert.ok((await survive("delete")) > 90);
      bed.patient.isGone();
    });

    it("shows no secret in what was printed, in the state or in the backend", async () => {
      await bed.patient.keptItsSecrets();
    });
  });
}
