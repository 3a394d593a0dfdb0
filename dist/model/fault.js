"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ConfigError = exports.shellWord = exports.shownKey = exports.isSecretText = void 0;
exports.printable = printable;
exports.show = show;
exports.stepInto = stepInto;
exports.formatFault = formatFault;
/** Texts that give themselves away as secrets, whatever key they stand under: a private key, a password in a URL. */
const secretTexts = [
    /PRIVATE KEY/,
    /:\/\/[^/\s@]{1,500}@/,
    // A slash in the password, which should be %2F; but no port with a path that has an @ in it.
    /:\/\/[^\s/@:]{1,253}:(?!\d{1,5}\/)[^\s@]{0,500}@/,
];
/** USER:PASSWORD@ without a scheme: not always a secret, and never shown. Bounded, as a text may have a million letters. */
const credentials = /[^\s/:@]:[^\s@]{0,500}@/;
/** Keys whose values are nobody's business, in whatever place somebody put them; `secretStore` is none. */
const secretNames = /(password|secret|token|licenceKey|certificateKey|databaseUrl|databaseTlsKey)("\])?$/i;
const isSecretText = (text) => secretTexts.some((pattern) => pattern.test(text));
exports.isSecretText = isSecretText;
const isHidden = (text) => (0, exports.isSecretText)(text) || credentials.test(text);
/** Control characters, marks that turn the direction of writing, halves of characters: escaped, as JSON escapes some. */
function printable(text) {
    return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (sign) => sign.split("").reduce((all, unit) => `${all}\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`, ""));
}
const longestShown = 80;
/** A value as a fault shows it: JSON, cut at 80 characters, strings in quotes, without secrets; an absent one is "nothing". */
function show(value, key = "") {
    if (value === undefined)
        return "nothing";
    if (secretNames.test(key))
        return "a value that may be a secret";
    if (typeof value === "string" && isHidden(value))
        return "a text with a secret in it";
    const text = printable(JSON.stringify(value, hideSecrets) ?? String(value));
    const letters = Array.from(text.slice(0, 4 * longestShown));
    return letters.length > longestShown ? `${letters.slice(0, longestShown - 3).join("")}...` : text;
}
function hideSecrets(key, value) {
    const isSecret = secretNames.test(key) || (typeof value === "string" && isHidden(value));
    if (isSecret)
        return "(hidden)";
    if (typeof value !== "object" || value === null || Array.isArray(value))
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [isHidden(name) ? "(hidden)" : name, part]));
}
/** A key as a fault names it: somebody may have put a secret there. */
const shownKey = (key) => (isHidden(key) ? "(hidden)" : key);
exports.shownKey = shownKey;
/** A path one step deeper, as `pulumi config set --path` takes it: `.name`, `[2]`, `["any text"]`. */
function stepInto(path, step) {
    if (typeof step === "number")
        return `${path}[${step}]`;
    const name = (0, exports.shownKey)(String(step));
    if (/^[\w-]+$/.test(name))
        return path.endsWith(":") ? `${path}${name}` : `${path}.${name}`;
    return `${path}[${printable(JSON.stringify(name))}]`;
}
/** A path as a word of a shell's command. */
const shellWord = (path) => (/["'\s]/.test(path) ? `'${path.replaceAll("'", "'\\''")}'` : path);
exports.shellWord = shellWord;
function formatFault(fault) {
    return `${fault.path}: got ${fault.got}; allowed: ${fault.allowed}. ${fault.fix}`;
}
/** More help nobody: they have one cause. */
const mostTold = 50;
/** Every fault of a configuration at once, the first 50 in words; thrown before the first resource is made. */
class ConfigError extends Error {
    faults;
    constructor(faults) {
        const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
        const told = faults.slice(0, mostTold).map((fault) => `  - ${formatFault(fault)}`);
        const rest = faults.length > mostTold ? [`  and ${faults.length - mostTold} more`] : [];
        super([`the configuration has ${count}; nothing was made:`, ...told, ...rest].join("\n"));
        this.name = "ConfigError";
        this.faults = faults;
        // The program's user reads the faults; where in the program they were found is of no use to them.
        this.stack = this.message;
    }
}
exports.ConfigError = ConfigError;
