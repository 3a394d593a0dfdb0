import type { text } from "../../config/parts.ts";
import * as z from "../../config/zod.ts";

/** Pieces that the clouds' own blocks share; the forms of their values differ. */

type Text = ReturnType<typeof text>;
type OptionalText = ReturnType<Text["optional"]>;

const group = { error: "an object" };

export const instanceTypes = (machine: OptionalText, database: OptionalText, service: string) =>
  z
    .strictObject(
      {
        origin: machine.describe("Instance type of the origins."),
        edge: machine.describe("Instance type of the edges."),
        database: database.describe(
          `Instance type of the database machines, or instance class of the ${service} database.`,
        ),
        proxy: machine.describe("Instance type of the proxies."),
        turn: machine.describe("Instance type of the TURN servers."),
      },
      group,
    )
    .default({});

export const unlistedTypes = (type: Text) =>
  z
    .array(type, { error: "a list of instance types" })
    .default([])
    .describe(
      "Additional instance types to allow in `instanceTypes`, for types that are too new for the program's list.",
    );

export const databaseSnapshots = (snapshot: OptionalText) =>
  z
    .strictObject(
      {
        db1: snapshot.describe("Snapshot from which the first member's data volume is created."),
        db2: snapshot.describe("Snapshot from which the second member's data volume is created."),
        db3: snapshot.describe("Snapshot from which the third member's data volume is created."),
      },
      group,
    )
    .default({});

interface Snapshots {
  readonly databaseSnapshots: z.output<ReturnType<typeof databaseSnapshots>>;
}

/** The snapshot that a member's data disk begins with. */
export const snapshotOf = ({ databaseSnapshots: { db1, db2, db3 } }: Snapshots, member: number): string | undefined =>
  [db1, db2, db3][member];
