"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.limits = void 0;
exports.checkLimits = checkLimits;
const fault_ts_1 = require("./fault.js");
/** Far above what the schema can hold, and small enough that reading, judging and telling it takes no time. */
exports.limits = { depth: 16, entries: 5000, keyLength: 256, textLength: 131_072 };
/**
 * The first thing that is too deep, too long or too much among the values of a configuration, as one short fault, before
 * anything else looks at them. Walks without recursion, and no further than to a limit.
 */
function checkLimits(values) {
    let [entries, letters] = [0, 0];
    const places = [{ value: values, path: "ams:", depth: 0 }];
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
        const { value, path, depth } = place;
        if (typeof value === "string")
            letters += value.length;
        if (letters > exports.limits.textLength)
            return tooMuch(path, "more text", `${exports.limits.textLength} characters in all`);
        if (typeof value !== "object" || value === null)
            continue;
        if (depth > exports.limits.depth)
            return tooMuch(path, "more levels", `${exports.limits.depth} levels of groups and lists`);
        const keys = Object.keys(value);
        entries += keys.length;
        if (entries > exports.limits.entries)
            return tooMuch(path, "more values", `${exports.limits.entries} values in all`);
        for (const key of keys) {
            letters += key.length;
            if (key.length > exports.limits.keyLength)
                return tooMuch(path, "a longer key", `keys of ${exports.limits.keyLength} characters`);
            const inner = depth === 0 ? (0, fault_ts_1.stepInto)(path, key) : path;
            places.push({ value: Reflect.get(value, key), path: inner, depth: depth + 1 });
        }
    }
    return undefined;
}
const tooMuch = (path, got, allowed) => ({
    path,
    got: `${got} than a configuration may have`,
    allowed: `up to ${allowed}`,
    fix: path === "ams:"
        ? "Look for the key that is not yours: pulumi config"
        : `Shorten the value, or remove it with: pulumi config rm ${(0, fault_ts_1.shellWord)(path)}`,
});
