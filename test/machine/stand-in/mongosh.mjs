#!/usr/bin/env node
// Stand-in of mongosh with a mongod behind it: runs a script with the shell's globals. The server is a file,
// AMS_TEST_MONGO: {"port", "initialized", "users", "elections", "secondary", "log", "others", "tellAfter", "tls"}: other
// members answer by name when they are up, "tellAfter" is how often hello is asked before a member with the set has told
// this one of it. With "names", the private zone's addresses by name, a member takes a configuration only as mongod does:
// from a member that has one, if a name in it leads to an address of this machine. It then is in STARTUP2 for "syncing"
// questions, and SECONDARY after; "states" lists both under its name, and "asked" what other members were asked. The
// shell's sleep takes "sleepSeconds" and no time by default. Its rules are those of MongoDB with
// authorization on: without a user, a client on the machine itself may initiate the set and make one user; after that
// only who has signed in may do anything but say hello.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { createContext, runInContext } from "node:vm";

const path = process.env.AMS_TEST_MONGO;
const script = process.argv.at(-1);
const server = () => JSON.parse(readFileSync(path, "utf8"));
const change = (edit) => {
  const state = server();
  edit(state);
  // Whole or not at all: a test reads it while this runs.
  writeFileSync(`${path}.new`, JSON.stringify(state));
  renameSync(`${path}.new`, path);
};

class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

function ownName(names, config) {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each.map(({ address }) => address));
  return config.members.map(({ host }) => host).find((host) => addresses.includes(names[host]));
}

// The configuration that another member's heartbeat brings, which goes to whom it names and to nobody else.
function heartbeat({ names, others }) {
  if (names === undefined) return { _id: "rs", members: [] };
  return Object.values(others)
    .map(({ config }) => config)
    .find((config) => config !== undefined && ownName(names, config) !== undefined);
}

function helloOfNamed({ initialized, names, others, syncing }) {
  const me = ownName(names, initialized);
  const secondary = syncing === 0;
  change((next) => {
    const now = `${secondary ? "SECONDARY" : "STARTUP2"} ${me}`;
    next.states = [...(next.states ?? []).filter((each) => each !== now), now];
    next.syncing = Math.max(syncing - 1, 0);
  });
  const primary = Object.keys(others).find((host) => others[host].isWritablePrimary);
  return { setName: initialized._id, me, primary, isWritablePrimary: false, secondary };
}

const handlers = {
  hello(state) {
    if (!state.initialized) {
      const config = heartbeat(state);
      if (state.tellAfter === undefined || config === undefined) return { isWritablePrimary: false, secondary: false };
      change((next) => {
        next.tellAfter -= 1;
        if (next.tellAfter === 0) next.initialized = config;
        next.secondary = true;
      });
      return { isWritablePrimary: false, secondary: false };
    }
    if (state.secondary && state.names !== undefined) return helloOfNamed(state);
    if (state.secondary) return { setName: "rs", isWritablePrimary: false, secondary: true, primary: "other:27017" };
    // The election is over after some questions.
    change((next) => {
      next.elections = (next.elections ?? 0) + 1;
    });
    return { setName: "rs", isWritablePrimary: (state.elections ?? 0) >= 2, secondary: false };
  },
  replSetInitiate(state, { replSetInitiate: config }) {
    if (state.initialized) throw new Refused(23, "already initialized");
    for (const { host } of config.members.slice(1)) {
      if (state.others?.[host] === undefined) throw new Refused(74, `replSetInitiate quorum check failed: ${host}`);
    }
    change((next) => {
      next.initialized = config;
    });
    return {};
  },
  createUser(state, { createUser: name, pwd, roles }) {
    if (!state.initialized) throw new Refused(10107, "not primary");
    if (state.users[name] !== undefined) throw new Refused(51003, `User "${name}@admin" already exists`);
    change((next) => {
      next.users[name] = { pwd, roles };
    });
    return {};
  },
  updateUser(state, { updateUser: name, pwd, roles }) {
    if (state.users[name] === undefined) throw new Refused(11, `User ${name} not found`);
    change((next) => {
      next.users[name] = { pwd, roles };
    });
    return {};
  },
  // Whoever may watch the cluster is told "status" as it stands.
  replSetGetStatus: ({ status }) => ({
    members: status.map(({ optimeDate, ...rest }) => ({ ...rest, optimeDate: new Date(optimeDate) })),
  }),
  usersInfo: (state, { usersInfo: name }) => ({ users: state.users[name] === undefined ? [] : [{ user: name }] }),
};

// Another member: says hello to everybody, and lets root alone read and change the set's configuration, by one member and
// one version at a time. Whom it takes in, it tells.
function otherMember(host) {
  const { config, rootPassword, ...hello } = server().others[host];
  let user;
  return {
    auth(name, password) {
      if (name !== "root" || password !== rootPassword) throw new Refused(18, "Authentication failed.");
      user = name;
      return { ok: 1 };
    },
    runCommand(command) {
      change((next) => {
        next.asked = [...(next.asked ?? []), `${host} ${Object.keys(command)[0]}`];
      });
      if (command.hello !== undefined) return { ok: 1, ...hello };
      if (user === undefined) throw new Refused(13, `${Object.keys(command)[0]} requires authentication`);
      if (command.replSetGetConfig !== undefined) return { ok: 1, config };
      const wanted = command.replSetReconfig;
      if (wanted.version !== config.version + 1 || wanted.members.length !== config.members.length + 1) {
        throw new Refused(103, "New config is not compatible with the old one");
      }
      change((next) => {
        next.others[host].config = wanted;
        next.tellAfter = 1;
      });
      return { ok: 1 };
    },
  };
}

function connect(uri) {
  const [, host] = /^mongodb:\/\/([^/]+)\/admin\?directConnection=true/.exec(uri) ?? [];
  const other = server().others?.[host];
  if (other !== undefined) return otherMember(host);
  if (server().tls === true && !/&tls=true&tlsCAFile=\//.test(uri)) throw new Error(`the server wants TLS: ${uri}`);
  if (!uri.startsWith(`mongodb://127.0.0.1:${server().port}/admin?`)) throw new Error(`ECONNREFUSED ${uri}`);
  let user;
  return {
    auth(name, password) {
      if (server().users[name]?.pwd !== password) throw new Refused(18, "Authentication failed.");
      user = name;
      return { ok: 1 };
    },
    runCommand(command) {
      const state = server();
      const verb = Object.keys(command)[0];
      const exempt = Object.keys(state.users).length === 0 && ["createUser", "replSetInitiate"].includes(verb);
      const watches = state.users[user]?.roles?.some(({ role }) => role === "clusterMonitor");
      if (verb !== "hello" && user !== "root" && !exempt && !(watches && verb === "replSetGetStatus"))
        throw new Refused(13, `${verb} requires authentication`);
      const reply = handlers[verb](state, command);
      if (verb !== "hello" && verb !== "usersInfo") {
        change((next) => {
          next.log.push(verb);
        });
      }
      return { ok: 1, ...reply };
    },
  };
}

const sleep = () => {
  const { sleepSeconds } = server();
  if (sleepSeconds !== undefined) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, sleepSeconds * 1000);
};
const context = createContext({ connect, process: { env: process.env }, print: console.log, sleep });
try {
  runInContext(readFileSync(script, "utf8"), context, { filename: script });
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
  process.exitCode = 1;
}
