// Run by mongosh on the member itself. Makes the replica set, the root user and the media machines' user, or makes them
// so again; raw commands only, which every version of the shell passes on.
const { AMS_HOSTS, AMS_PLACE, AMS_CA, AMS_REPLICA_SET, AMS_USER, AMS_ROOT_PASSWORD, AMS_APP_PASSWORD } = process.env;
const hosts = AMS_HOSTS.split(",");
// The certificate has the members' names and not this loopback's.
const encryption = AMS_CA === undefined ? "" : `&tls=true&tlsCAFile=${AMS_CA}&tlsAllowInvalidHostnames=true`;
const url = (host) => `mongodb://${host}/admin?directConnection=true&serverSelectionTimeoutMS=5000${encryption}`;
const here = url(`127.0.0.1:${hosts[0].split(":")[1]}`);
const roles = ["readWriteAnyDatabase", "dbAdminAnyDatabase", "clusterMonitor"].map((role) => ({ role, db: "admin" }));

// mongosh throws where the server refuses; both give its code and words here.
function run(db, command) {
  try {
    return db.runCommand(command);
  } catch (error) {
    return { ok: 0, code: error.code, errmsg: error.message };
  }
}

function must(db, command) {
  const reply = run(db, command);
  if (reply.ok !== 1) throw new Error(`${Object.keys(command)[0]}: ${reply.errmsg}`);
  return reply;
}

function signIn(user, password) {
  try {
    const db = connect(here);
    return db.auth(user, password) === false ? undefined : db;
  } catch {
    return undefined;
  }
}

// mongod opens its port a moment after its start.
function reach() {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return connect(here);
    } catch (error) {
      if (attempt === 60) throw error;
      sleep(1000);
    }
  }
}

// Whether another member has the set already: this one then lost its volume, and the others tell it the set's
// configuration by themselves.
function existsElsewhere() {
  return hosts.some((host, place) => {
    if (place === Number(AMS_PLACE)) return false;
    try {
      return run(connect(url(host)), { hello: 1 }).setName !== undefined;
    } catch {
      return false;
    }
  });
}

// A set that one member made before it grew to three doesn't know this one: its primary is asked to take it in. One at a
// time, as MongoDB demands; who loses that race asks again.
function askIn() {
  const own = hosts[Number(AMS_PLACE)];
  for (const host of hosts.filter((each) => each !== own)) {
    try {
      const primary = connect(url(host));
      if (!must(primary, { hello: 1 }).isWritablePrimary) continue;
      primary.auth("root", AMS_ROOT_PASSWORD);
      const { config } = must(primary, { replSetGetConfig: 1 });
      if (config.members.some((member) => member.host === own)) return;
      const _id = Math.max(...config.members.map((member) => member._id)) + 1;
      const members = [...config.members, { _id, host: own }];
      must(primary, { replSetReconfig: { ...config, version: config.version + 1, members } });
      print(`${host} took ${own} into the set`);
    } catch (error) {
      print(`${host} does not accept new members yet: ${error.message}`);
    }
  }
}

// Only the first of the list, and all members at once: a set that names them all can't split, and the server refuses it
// while one is down. The others, and one that came back empty, wait until they are told.
function initiate(db) {
  const known = () => run(db, { hello: 1 }).setName !== undefined;
  if (known()) return;
  if (AMS_PLACE === "0" && !existsElsewhere()) {
    const members = hosts.map((host, index) => ({ _id: index, host }));
    const reply = run(db, { replSetInitiate: { _id: AMS_REPLICA_SET, members } });
    const alreadyInitialized = 23;
    if (reply.ok !== 1 && reply.code !== alreadyInitialized) throw new Error(`replSetInitiate: ${reply.errmsg}`);
    print("replica set initiated");
    return;
  }
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if (known()) return;
    if (attempt % 10 === 5) askIn();
    sleep(1000);
  }
  throw new Error(`no member has told ${hosts[Number(AMS_PLACE)]} of the set within 60 s; ${hosts[0]} makes it`);
}

function isPrimary(db) {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const hello = must(db, { hello: 1 });
    if (hello.isWritablePrimary) return true;
    if (hello.secondary && hello.primary !== undefined) return false;
    sleep(1000);
  }
  throw new Error("no primary within 60 s");
}

// While there is no user, MongoDB lets this machine make the first one.
function root(db) {
  const known = signIn("root", AMS_ROOT_PASSWORD);
  if (known !== undefined) return known;
  const reply = run(db, { createUser: "root", pwd: AMS_ROOT_PASSWORD, roles: [{ role: "root", db: "admin" }] });
  const made = signIn("root", AMS_ROOT_PASSWORD);
  if (made === undefined) {
    throw new Error(
      `the secret's rootPassword is not valid for this database, and the first user cannot be created: ${reply.errmsg}`,
    );
  }
  print("root user created");
  return made;
}

function application(admin) {
  const user = must(admin, { usersInfo: AMS_USER }).users[0];
  if (user !== undefined && signIn(AMS_USER, AMS_APP_PASSWORD) !== undefined) return;
  const command = user === undefined ? "createUser" : "updateUser";
  must(admin, { [command]: AMS_USER, pwd: AMS_APP_PASSWORD, roles });
  print(`${command} ${AMS_USER}`);
}

const member = reach();
initiate(member);
if (isPrimary(member)) application(root(member));
