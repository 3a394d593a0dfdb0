import { ask, type Server } from "./ask.ts";
import type { Outcome } from "./conform.ts";
import type { Question } from "./conformance.ts";

/** Makes an application of its own, changes its settings in each way that the machines' programs rely on, and deletes it. */
const name = "conformance";

type Settings = Readonly<Record<string, unknown>>;

/** What was seen of a server, by what it shows. */
type Seen = ReadonlyMap<string, unknown>;

const rest = (path: string, more: Partial<Question> = {}): Question => ({
  path: `/rest/v2/applications${path}`,
  by: "node",
  ...more,
});

const success = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "success" in value ? value.success : undefined;

/** Until it runs; AMS answers about an application that it does not have without harm. */
async function starts(server: Server, seconds: number): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const known = await ask({ path: `/rest/v2/shutdown-proper-status?appNames=${name}`, by: "node" }, server);
    if (known.status === 200) {
      const { clusterCommunicationKey: key } = (await ask(rest(`/settings/${name}`), server)).value as Settings;
      const own = { ...server, application: name, clusterKey: String(key) };
      if ((await ask({ path: "/APP/rest/v2/version", by: "node" }, own)).status === 200) return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

/** What a test's application is to have, with the cluster's key. */
const wanted = {
  hlsMuxingEnabled: false,
  ingestingStreamLimit: 3,
  encoderSettings: [{ height: 720, videoBitrate: 2_000_000, audioBitrate: 96_000, forceEncode: false }],
};

/** As far as a list of renditions was given: newer releases add to each. */
const renditions = (settings: Settings): unknown =>
  (settings["encoderSettings"] as readonly Settings[]).map(({ height, videoBitrate, audioBitrate, forceEncode }) => ({
    ...{ height, videoBitrate, audioBitrate, forceEncode },
  }));

class Walk {
  readonly seen = new Map<string, unknown>();
  readonly #server: Server;
  readonly #seconds: number;

  constructor(server: Server, seconds: number) {
    this.#server = server;
    this.#seconds = seconds;
  }

  async all(): Promise<Seen> {
    const first = await this.#made();
    const second = await this.#merged(first);
    await this.#refused(second);
    await this.#absent(first, second);
    const gone = await ask(rest(`/${name}`, { method: "DELETE" }), this.#server);
    this.seen.set("a deleted application: the answer", { status: gone.status, success: success(gone.value) });
    this.seen.set("a deleted application: it is on the list", await this.#isListed());
    return this.seen;
  }

  async #read(): Promise<Settings> {
    return (await ask(rest(`/settings/${name}`), this.#server)).value as Settings;
  }

  async #write(body: object): Promise<object> {
    const { status, value } = await ask(rest(`/settings/${name}`, { method: "POST", body }), this.#server);
    return { status, success: success(value) };
  }

  async #isListed(): Promise<boolean> {
    const { value } = await ask(rest(""), this.#server);
    return (value as { readonly applications: readonly string[] }).applications.includes(name);
  }

  async #made(): Promise<Settings> {
    const made = await ask(rest(`/${name}`, { method: "POST" }), this.#server);
    this.seen.set("a new application: the answer", { status: made.status, success: success(made.value) });
    this.seen.set("a new application: it starts", await starts(this.#server, this.#seconds));
    this.seen.set("a new application: it is on the list", await this.#isListed());
    const settings = await this.#read();
    const hasOwnKey = settings["clusterCommunicationKey"] !== this.#server.clusterKey;
    this.seen.set("a new application: another cluster key", hasOwnKey);
    return settings;
  }

  async #merged(first: Settings): Promise<Settings> {
    const { encoderSettingsString: _, ...others } = first;
    const changed = { ...wanted, clusterCommunicationKey: this.#server.clusterKey };
    this.seen.set("a whole with some keys changed: the answer", await this.#write({ ...others, ...changed }));
    const second = await this.#read();
    const hasKey = second["clusterCommunicationKey"] === this.#server.clusterKey;
    const values = [hasKey, second["hlsMuxingEnabled"], second["ingestingStreamLimit"], renditions(second)];
    this.seen.set("a whole with some keys changed: those", values);
    const isOther = (key: string) => !(key in changed) && JSON.stringify(first[key]) !== JSON.stringify(second[key]);
    this.seen.set("a whole with some keys changed: no other but", Object.keys(first).filter(isOther).sort());
    return second;
  }

  async #refused(second: Settings): Promise<void> {
    const { encoderSettingsString: _, ...others } = second;
    for (const [what, change] of [
      ["a rendition without a height", { encoderSettings: [{ ...wanted.encoderSettings[0], height: 0 }] }],
      ["two controls of publishers", { publishJwtControlEnabled: true, publishTokenControlEnabled: true }],
      ["two controls of viewers", { playJwtControlEnabled: true, enableTimeTokenForPlay: true }],
      ["a wrong type", { ingestingStreamLimit: "three" }],
    ] as const) {
      this.seen.set(`${what}: the answer`, await this.#write({ ...others, ...change }));
      this.seen.set(`${what}: it changes nothing`, JSON.stringify(await this.#read()) === JSON.stringify(second));
    }
  }

  async #absent(first: Settings, second: Settings): Promise<void> {
    this.seen.set("absent keys: the answer", await this.#write({ hlsListSize: "3", noSuchSetting: 1 }));
    const third = await this.#read();
    const keys = ["hlsMuxingEnabled", "ingestingStreamLimit", "encoderSettings", "hlsTime"];
    this.seen.set(
      "absent keys: they have their defaults",
      keys.map((key) => third[key]),
    );
    for (const key of ["clusterCommunicationKey", "subscriberAuthenticationKey"]) {
      const isNew = ![this.#server.clusterKey, first[key], second[key]].includes(third[key]);
      this.seen.set(`absent keys: ${key} is a new one`, isNew);
    }
    this.seen.set("a playlist of less than five: its length", third["hlsListSize"]);
  }
}

/** What a server does with an application of its own that the stand-in does not, or otherwise. */
export async function walkThrough(standIn: Server, real: Server, seconds: number): Promise<readonly Outcome[]> {
  const [ours, theirs] = [await new Walk(standIn, seconds).all(), await new Walk(real, seconds).all()];
  return [...ours].map(([what, wanted]) => {
    const [text, found] = [JSON.stringify(wanted), JSON.stringify(theirs.get(what))];
    const differences = text === found ? [] : [`${found}, the stand-in has ${text}`];
    return { what, differences };
  });
}
