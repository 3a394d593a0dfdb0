// Run by mongosh on a member: prints how far the slowest member is behind the primary, and how many don't answer.
const { AMS_HOST, AMS_CA, AMS_USER, AMS_PASSWORD } = process.env;
// The certificate has the members' names and not this loopback's.
const encryption = AMS_CA === undefined ? "" : `&tls=true&tlsCAFile=${AMS_CA}&tlsAllowInvalidHostnames=true`;
const db = connect(`mongodb://${AMS_HOST}/admin?directConnection=true&serverSelectionTimeoutMS=5000${encryption}`);
db.auth(AMS_USER, AMS_PASSWORD);
const { members } = db.runCommand({ replSetGetStatus: 1 });
const up = members.filter(({ health }) => health === 1);
const times = up.map(({ optimeDate }) => optimeDate.getTime());
const primary = up.find(({ stateStr }) => stateStr === "PRIMARY");
const found = { MembersDown: members.length - up.length };
// Without a primary there is nothing to be behind of.
if (primary !== undefined) found.ReplicationLagSeconds = (primary.optimeDate.getTime() - Math.min(...times)) / 1000;
print(JSON.stringify(found));
