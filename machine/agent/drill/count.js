// Run by mongosh on the machine of a rehearsed restore: prints how much the restored database has, and its last write.
const admin = connect(
  `mongodb://127.0.0.1:${process.env.AMS_PORT}/admin?directConnection=true&serverSelectionTimeoutMS=60000`,
);
const own = ["admin", "config", "local"];
const { databases } = admin.adminCommand({ listDatabases: 1, nameOnly: true });
const names = databases.map(({ name }) => name).filter((name) => !own.includes(name));
const found = { databases: names.length, collections: 0, documents: 0 };
for (const name of names) {
  const db = admin.getSiblingDB(name);
  for (const { name: collection } of db.getCollectionInfos({ type: "collection" })) {
    if (collection.startsWith("system.")) continue;
    found.collections += 1;
    // Reads each one: the collection's own figure may be that of before a crash.
    found.documents += db.getCollection(collection).countDocuments({});
  }
}
const local = admin.getSiblingDB("local");
if (local.getCollectionInfos({ name: "oplog.rs" }).length > 0) {
  const [last] = local.getCollection("oplog.rs").find().sort({ $natural: -1 }).limit(1).toArray();
  if (last !== undefined) found.lastWrite = last.wall.toISOString();
}
print(JSON.stringify(found));
