"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ownDatabase = ownDatabase;
exports.databaseMembers = databaseMembers;
/** The database, if it runs on machines of our own. */
function ownDatabase(cluster) {
    const { database } = cluster;
    return database.kind === "instance" || database.kind === "replica-set" ? database : undefined;
}
/** Machines that the database runs on: none where somebody else runs it. */
function databaseMembers(cluster) {
    const own = ownDatabase(cluster);
    if (own === undefined)
        return 0;
    return own.kind === "replica-set" ? 3 : 1;
}
