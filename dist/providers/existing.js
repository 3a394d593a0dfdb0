"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ownKey = void 0;
exports.checkExisting = checkExisting;
const network_ts_1 = require("../model/network.js");
const contract_ts_1 = require("./contract.js");
const handles_ts_1 = require("./handles.js");
const handle_ts_1 = require("../model/handle.js");
/** The owner's key, as an argument of what is encrypted with it; without one the service's own is used. */
const ownKey = ({ encryption: { keyId } }) => (keyId === undefined ? {} : { kmsKeyId: (0, handles_ts_1.inputOf)(keyId) });
exports.ownKey = ownKey;
/** Ids of the network, the administrators' group and the key that a stack brings: nothing is looked up. */
function checkExisting({ cloud, network, access, encryption }, forms) {
    const { existing } = network;
    const subnets = network_ts_1.tiers.flatMap((tier) => (existing?.subnets[tier] ?? []).map(({ id }, index) => ({
        path: `ams:network.existing.subnets.${tier}[${index}].id`,
        id,
        form: forms.subnet,
    })));
    const ids = [
        { path: "ams:network.existing.id", id: existing?.id, form: forms.network },
        ...subnets,
        { path: "ams:encryption.keyId", id: encryption.keyId, form: forms.key },
        { path: "ams:access.adminGroup", id: access.adminGroup, form: forms.group },
    ];
    return ids.flatMap(({ path, id, form: { pattern, allowed } }) => {
        if (id === undefined || !(0, handle_ts_1.isKnown)(id) || pattern.test(id))
            return [];
        return [(0, contract_ts_1.unsupported)(path, id, cloud, allowed, `Set it with: pulumi config set --path ${path} ID`)];
    });
}
