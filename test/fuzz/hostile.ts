import * as fc from "fast-check";
import { sectionNames } from "../../config/sections/index.ts";
import { secretKeys } from "../../model/cluster.ts";
import { certificate } from "../support/databases.ts";

/** Values, keys and secrets that no stack file should have. */

const numbers = [0, -0, -1, 1e21, 1e308, 2 ** 53, -(2 ** 31), 0.1, 3.5, 999999999999, Number.MAX_VALUE];

const texts = [
  "",
  " ",
  "null",
  "true",
  "1e309",
  "0x10",
  "NaN",
  "[object Object]",
  "__proto__",
  "\u0000",
  "two\nlines",
  "\u001b[31mred\u001b[0m",
  "\u202eright to left",
  "имя-кластера",
  "集群",
  "😀".repeat(20),
  "e\u0301",
  "\ud800",
  "$(reboot)",
  "`reboot`",
  "'; drop table machines; --",
  "../../etc/passwd",
  `\${jndi:ldap://example.com}`,
  "%s%n",
  "{{ v1.region }}",
  "a".repeat(300),
  "10.0.0.0/33",
  "10.0.0.1/16",
  "256.1.1.1/16",
  "::/0",
  "0.0.0.0/0",
  "arn:aws:acm:ap-south-1:123456789012:certificate/",
  "i-am-not-an-image",
  "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
];

const keys = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  " ",
  "a b",
  "a.b",
  "a[0]",
  'quo"te',
  "ключ",
  "\u001b[31m",
  "new\nline",
  "0",
  "kind",
  "source",
  "k".repeat(300),
];

const nest = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>(
    (inner, _, index) => (index % 2 === 0 ? { deeper: inner } : [inner]),
    "end",
  );

/** Nested too deep for anything that looks into it by recursion without need; test/model/limits.test.ts goes deeper. */
const nested = [nest(14), nest(60), nest(1500)] as const;

const longList = Array.from({ length: 2000 }, (_, index) => `10.${index % 256}.0.0/16`);

/** More than anybody can read; test/model/limits.test.ts has larger ones. */
const giants = [
  Array.from({ length: 6000 }, (_, index) => index),
  Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key${index}`, index])),
  "x".repeat(200_000),
  { ["k".repeat(100_000)]: 1 },
] as const;

export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...keys),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false),
  fc.constantFrom(...numbers),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(...texts),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom<unknown>([], {}, [null], [[]], { "": "" }, longList),
  fc.constantFrom<unknown>(...nested, ...giants),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Begins each secret that stands where none belongs; no refusal may show it. */
export const misplaced = "MisplacedSecret";

/** Names under which a secret is known for one wherever it stands. */
export const secretNames = [...secretKeys, "password", "secret", "dbPassword", "accessKeySecret", "token"] as const;

const word = fc.stringMatching(/^[A-Za-z0-9]{12}$/).map((text) => `${misplaced}7${text}`);

/** Texts that are known for secrets by their form, whatever key they stand under. */
export const recognisable: fc.Arbitrary<string> = fc.oneof(
  word.map((text) => `mongodb://ams:${text}@db.example.net:27017/?tls=true`),
  word.map((text) => `https://${text}:x@example.com/`),
  fc.constant(null).map(() => certificate().key),
  fc.constant(null).map(() => certificate().key.replaceAll("\n", " ")),
);

/** What a person may have set as a secret, right or wrong. */
export const secretText: fc.Arbitrary<string> = fc.oneof(
  word,
  recognisable,
  word.map((text) => `${text}\n`),
  word.map((text) => `${text} ${"é😀".repeat(10)}`),
  word.map((text) => text.repeat(50)),
);

export const topKey: fc.Arbitrary<string> = fc.constantFrom(...sectionNames, "aws", "alibaba", ...secretKeys);
