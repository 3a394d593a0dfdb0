import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword, RandomPet } from "@pulumi/random";
import { recordProgram, Secret, Unknown } from "../../recording/record.ts";

const run = (program: () => object, preview = false) =>
  recordProgram({ stack: "test", preview }, async () => program());

class Group extends pulumi.ComponentResource {
  constructor(name: string, parent?: pulumi.Resource) {
    super("test:index:Group", name, {}, parent === undefined ? {} : { parent });
  }
}

describe("The recorder", () => {
  it("names resources as the engine does, with the types of all ancestors", async () => {
    const { resources } = await run(() => {
      const inner = new Group("inner", new Group("outer"));
      new RandomPet("pet", {}, { parent: inner });
      return {};
    });
    assert.deepEqual(
      resources.map(({ urn }) => urn),
      [
        "urn:pulumi:test::ams::test:index:Group::outer",
        "urn:pulumi:test::ams::test:index:Group$test:index:Group::inner",
        "urn:pulumi:test::ams::test:index:Group$test:index:Group$random:index/randomPet:RandomPet::pet",
      ],
    );
    assert.deepEqual(
      resources.map(({ parent }) => parent),
      [undefined, resources[0]?.urn, resources[1]?.urn],
    );
  });

  it("keeps what the SDK's mocks drop: protection, dependencies and options", async () => {
    const { resources } = await run(() => {
      const first = new RandomPet("first", {}, { protect: true, retainOnDelete: true });
      const options = { dependsOn: first, ignoreChanges: ["length"], aliases: [{ name: "old" }] };
      new RandomPet("second", { prefix: first.id }, { ...options, customTimeouts: { create: "5m" } });
      return {};
    });
    const [first, second] = resources;
    assert.equal(first?.protect, true);
    assert.equal(first.retainOnDelete, true);
    assert.deepEqual(second?.dependencies, [first.urn]);
    assert.deepEqual(second.propertyDependencies, { prefix: [first.urn] });
    assert.deepEqual(second.ignoreChanges, ["length"]);
    assert.deepEqual(second.aliases, ["old"]);
    assert.equal(second.timeouts.create, "5m");
  });

  it("shows an output that isn't known yet as its origin, alone and within a text", async () => {
    const { resources, outputs } = await run(() => {
      const pet = new RandomPet("pet", { length: 2 });
      const id = pulumi.jsonStringify({ id: pet.id });
      new RandomPet("other", { prefix: pet.id, separator: pulumi.interpolate`${pet.id}-${pet.separator}/` });
      return { id: pet.id, json: id, length: pet.length };
    });
    const urn = resources[0]?.urn;
    assert.equal(
      JSON.stringify(resources[1]?.inputs),
      JSON.stringify({
        prefix: { unknown: `${urn}.id` },
        separator: { unknown: `${urn}.id`, text: "{pet.id}-{pet.separator}/" },
      }),
    );
    assert.deepEqual(JSON.parse(JSON.stringify(outputs)), {
      id: { unknown: `${urn}.id` },
      json: { unknown: `${urn}.id`, text: '{"id":"{pet.id}"}' },
      length: 2,
    });
  });

  it("keeps secrets secret in whatever is made of them", async () => {
    const { resources, outputs } = await run(() => {
      const password = new RandomPassword("password", { length: 20 });
      const given = pulumi.secret("canary");
      new RandomPet("pet", { prefix: pulumi.interpolate`${password.result}!`, keepers: { given } });
      return { url: pulumi.interpolate`mongodb://${given}@db` };
    });
    const pet = resources[1];
    assert.ok(pet?.inputs["prefix"] instanceof Secret);
    const inner = pet.inputs["prefix"].reveal();
    assert.ok(inner instanceof Unknown);
    assert.deepEqual([inner.text, inner.origins[0]?.secret], ["{password.result}!", true]);
    assert.equal(JSON.stringify(pet.inputs), '{"keepers":{"given":"[secret]"},"prefix":"[secret]"}');
    assert.equal(JSON.stringify(outputs), '{"url":"[secret]"}');
    assert.ok(outputs["url"] instanceof Secret && outputs["url"].reveal() === "mongodb://canary@db");
  });

  it("runs nothing that depends on unknown values in a preview", async () => {
    const program = () => {
      const pet = new RandomPet("pet");
      pet.id.apply((id) => new RandomPet("hidden", { prefix: id }));
      new RandomPet("other", { prefix: pet.id });
      return {};
    };
    const namesIn = async (preview: boolean) => (await run(program, preview)).resources.map(({ name }) => name);
    assert.deepEqual(await namesIn(true), ["pet", "other"]);
    assert.deepEqual((await namesIn(false)).sort(), ["hidden", "other", "pet"]);
  });

  it("throws what the program throws, also from within an apply, with a stack to find it", async () => {
    const outside = run(() => {
      throw new TypeError("outside");
    });
    const within = run(() => ({ id: new RandomPet("pet").id.apply((id) => Reflect.get(Object(id), "x").y) }));
    await assert.rejects(
      outside,
      (error) => error instanceof Error && /outside[\s\S]*record\.test\.ts/.test(`${error.stack}`),
    );
    await assert.rejects(
      within,
      (error) => error instanceof Error && /undefined[\s\S]*record\.test\.ts/.test(`${error.stack}`),
    );
  });

  it("waits for what is registered late, and for what is made of its outputs then", async () => {
    const program = () => {
      const late = pulumi.output(setTimeout(20, "late"));
      const pet = new RandomPet("pet", { prefix: late });
      pet.id.apply(async () => {
        await Promise.resolve();
        const second = new RandomPet("second", { prefix: pulumi.output(setTimeout(20, "later")) });
        second.id.apply(() => new RandomPet("third"));
      });
      return {};
    };
    const { resources } = await run(program);
    assert.deepEqual(
      resources.map(({ name }) => name),
      ["pet", "second", "third"],
    );
  });

  it("names a resource among a component's outputs as the engine does", async () => {
    class Outer extends Group {
      constructor(name: string) {
        super(name);
        this.registerOutputs({ inner: new Group("inner", this) });
      }
    }
    const { componentOutputs, resources } = await run(() => {
      new Outer("outer");
      return {};
    });
    const [outer, inner] = resources;
    assert.deepEqual(componentOutputs.get(`${outer?.urn}`), { inner: inner?.urn });
  });

  it("refuses lookups that are not declared", async () => {
    const program = () => ({ zones: pulumi.output(pulumi.runtime.invoke("aws:index/getAvailabilityZones:x", {})) });
    await assert.rejects(run(program), /aws:index\/getAvailabilityZones:x: only declared lookups/);
  });

  it("answers declared lookups with unknown values and records them", async () => {
    const program = () => {
      const ami = pulumi.output(pulumi.runtime.invoke("aws:ec2/getAmi:getAmi", { owners: ["amazon"] }));
      return { id: ami.apply((found) => String(Reflect.get(found, "id"))) };
    };
    const { lookups, outputs } = await run(program);
    assert.deepEqual(lookups, [{ token: "aws:ec2/getAmi:getAmi", inputs: { owners: ["amazon"] } }]);
    assert.equal(JSON.stringify(outputs), '{"id":{"unknown":"aws:ec2/getAmi:getAmi.id"}}');
  });

  it("refuses an input that was picked out of an output it knows no shape of", async () => {
    const program = () => {
      const pet = new RandomPet("pet");
      new RandomPet("other", { prefix: pet.separator.apply((text) => Reflect.get(Object(text), "field")) });
      return {};
    };
    await assert.rejects(run(program), /prefix: computed from outputs, but never resolved/);
  });

  it("collects warnings, and lets recordings wait for each other", async () => {
    const program = () => {
      pulumi.log.warn("mind this");
      return { stack: pulumi.getStack() };
    };
    const names = ["one", "two", "three"];
    const all = await Promise.all(names.map((stack) => recordProgram({ stack }, async () => program())));
    assert.deepEqual(
      all.map(({ outputs }) => outputs),
      names.map((stack) => ({ stack })),
    );
    assert.deepEqual(all[1]?.warnings, ["mind this"]);
  });
});
