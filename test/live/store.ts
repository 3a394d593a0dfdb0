import { type Collection, MongoClient } from "mongodb";
import { databaseUrl } from "./database.ts";

/**
 * What an AMS node asks its database and writes there, with the names that AMS gives it: ClusterNode.java in `clusterdb`,
 * User.java in `serverdb`, Broadcast.java in the application's own database.
 */

interface NodeRow {
  readonly _id: string;
  readonly ip: string;
  readonly lastUpdateTime: number;
  readonly cpu: number;
  readonly memory: string;
  /** AMS spells it so. */
  readonly dbQueryAveargeTimeMs: number;
}

interface StreamRow {
  readonly streamId: string;
  /** AMS spells it so. */
  readonly originAdress: string;
  readonly status: "broadcasting";
  readonly hlsViewerCount: number;
}

interface UserRow {
  readonly email: string;
  /** MD5, as it comes with a login. */
  readonly password: string;
}

export class Store {
  readonly #client: MongoClient;
  readonly #nodes: Collection<NodeRow>;
  readonly #streams: Collection<StreamRow>;
  readonly #users: Collection<UserRow>;
  #lastMilliseconds = 0;

  constructor() {
    // FerretDB has no replica sets, without which a server takes no write twice. A read that failed is tried again with
    // pauses, which would make each request to a cluster without its database wait for them.
    const once = { retryWrites: false, retryReads: false };
    this.#client = new MongoClient(databaseUrl, { ...once, serverSelectionTimeoutMS: 3000 });
    this.#nodes = this.#client.db("clusterdb").collection("clusternode");
    this.#streams = this.#client.db("live").collection("broadcast");
    this.#users = this.#client.db("serverdb").collection("user");
  }

  /** A heartbeat, now or so long ago; the first one is how a node joins. */
  async beat(ip: string, secondsAgo = 0, id = "id"): Promise<void> {
    const began = Date.now();
    const figures = { cpu: 12, memory: "2480/8000", dbQueryAveargeTimeMs: this.#lastMilliseconds };
    const row = { ip, lastUpdateTime: began - secondsAgo * 1000, ...figures };
    await this.#nodes.updateOne({ _id: `${id}-${ip}` }, { $set: row }, { upsert: true });
    this.#lastMilliseconds = Date.now() - began;
  }

  async leave(ip: string, id = "id"): Promise<void> {
    await this.#nodes.deleteOne({ _id: `${id}-${ip}` });
  }

  async nodes(offset: number, size: number): Promise<readonly object[]> {
    const rows = await this.#nodes.find().sort({ _id: 1 }).skip(offset).limit(size).toArray();
    // By the clock of the node that answers (ClusterNode.java, getStatus).
    const status = (last: number) => (Date.now() - last > 20_000 ? "dead" : "alive");
    return rows.map(({ _id, ...row }) => ({ id: _id, ...row, status: status(row.lastUpdateTime) }));
  }

  async begin(origin: string, ...streamIds: readonly string[]): Promise<void> {
    const common = { originAdress: origin, status: "broadcasting", hlsViewerCount: 1 } as const;
    await this.#streams.insertMany(streamIds.map((streamId) => ({ streamId, ...common })));
  }

  async end(...streamIds: readonly string[]): Promise<void> {
    await this.#streams.deleteMany({ streamId: { $in: [...streamIds] } });
  }

  async originOf(streamId: string): Promise<string | undefined> {
    return (await this.#streams.findOne({ streamId }))?.originAdress;
  }

  async streams(offset: number, size: number): Promise<readonly object[]> {
    const rows = await this.#streams.find().sort({ streamId: 1 }).skip(offset).limit(size).toArray();
    return rows.map(({ _id, ...row }) => row);
  }

  streamCount(): Promise<number> {
    return this.#streams.countDocuments();
  }

  async addUser(user: UserRow): Promise<void> {
    await this.#users.insertOne(user);
  }

  async removeUser(email: string): Promise<void> {
    await this.#users.deleteOne({ email });
  }

  /** Of the user of that name, or of all. */
  userCount(wanted: Partial<UserRow> = {}): Promise<number> {
    return this.#users.countDocuments(wanted);
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
