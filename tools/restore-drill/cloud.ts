/** A snapshot of a data volume of the database. */
export interface Snapshot {
  readonly id: string;
  readonly taken: Date;
  readonly sizeGiB: number;
}

/** What every machine of a drill is, whatever the snapshot. */
export interface DrillMachine {
  readonly image: string;
  readonly instanceType: string;
  readonly systemDiskGiB: number;
  /** In base64, as the clouds' APIs take it. */
  readonly userData: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** When the cloud itself takes the machine away, where it can. */
  readonly until: Date;
}

/** Where the machine stands: in a member's subnet, in the drill's own security group. */
export interface Place {
  readonly subnet: string;
  readonly group: string;
}

/** What the drill asks of a cloud. Its machine is known by the tag `drillTag` alone, which nothing else has. */
export interface DrillCloud {
  /** Ids of the drill's machines that are there, of this run or of one that broke. */
  machines(): Promise<readonly string[]>;
  /** Ends the machines with their disks, and returns once they are gone. */
  remove(ids: readonly string[]): Promise<void>;
  /** Throws where the stack has no group of the drill, or the group has a way in. */
  place(): Promise<Place>;
  snapshots(): Promise<readonly Snapshot[]>;
  start(machine: DrillMachine, place: Place, snapshot: Snapshot): Promise<string>;
  /** What the machine has written so far; ended once it runs no more. */
  look(id: string): Promise<{ readonly console: string; readonly ended: boolean }>;
  /** Puts the time of a good drill where the machines read it. */
  record(text: string): Promise<void>;
}
