import * as z from "./zod.js";
export declare const sections: {
    readonly cloud: import("zod").ZodEnum<{
        aws: "aws";
        alibaba: "alibaba";
    }>;
    readonly name: import("zod").ZodOptional<import("zod").ZodString>;
    readonly network: import("zod").ZodObject<{
        cidr: import("zod").ZodDefault<import("zod").ZodString>;
        zones: import("zod").ZodArray<import("zod").ZodString>;
        databaseZones: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodInt>>;
        nat: import("zod").ZodOptional<import("zod").ZodEnum<{
            none: "none";
            one: "one";
            "per-zone": "per-zone";
        }>>;
        avoid: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodString>>;
        existing: import("zod").ZodOptional<import("zod").ZodObject<{
            id: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>;
            subnets: import("zod").ZodObject<{
                balancer: import("zod").ZodArray<import("zod").ZodObject<{
                    id: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>;
                    cidr: import("zod").ZodString;
                }, z.core.$strict>>;
                media: import("zod").ZodArray<import("zod").ZodObject<{
                    id: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>;
                    cidr: import("zod").ZodString;
                }, z.core.$strict>>;
                database: import("zod").ZodArray<import("zod").ZodObject<{
                    id: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>;
                    cidr: import("zod").ZodString;
                }, z.core.$strict>>;
            }, z.core.$strict>;
        }, z.core.$strict>>;
    }, z.core.$strict>;
    readonly mode: import("zod").ZodEnum<{
        cluster: "cluster";
        standalone: "standalone";
    }>;
    readonly database: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
        machine: import("zod").ZodDefault<import("zod").ZodEnum<{
            "compute-2": "compute-2";
            "compute-4": "compute-4";
            "compute-8": "compute-8";
            "compute-16": "compute-16";
            "compute-32": "compute-32";
            "general-2": "general-2";
            "general-4": "general-4";
            "general-8": "general-8";
            "general-16": "general-16";
            "gpu-4": "gpu-4";
            "gpu-8": "gpu-8";
            "gpu-16": "gpu-16";
        }>>;
        diskGiB: import("zod").ZodDefault<import("zod").ZodInt>;
        version: import("zod").ZodDefault<import("zod").ZodEnum<{
            "8.0": "8.0";
        }>>;
        mirror: import("zod").ZodDefault<import("zod").ZodString>;
        tls: import("zod").ZodOptional<import("zod").ZodObject<{
            pem: import("zod").ZodString;
            ca: import("zod").ZodString;
        }, z.core.$strict>>;
        snapshots: import("zod").ZodPrefault<import("zod").ZodObject<{
            everyHours: import("zod").ZodDefault<import("zod").ZodLiteral<1 | 4 | 6 | 12 | 3 | 2 | 24 | 8>>;
            keep: import("zod").ZodDefault<import("zod").ZodInt>;
        }, z.core.$strict>>;
        kind: import("zod").ZodLiteral<"instance">;
    }, z.core.$strict>, import("zod").ZodObject<{
        machine: import("zod").ZodDefault<import("zod").ZodEnum<{
            "compute-2": "compute-2";
            "compute-4": "compute-4";
            "compute-8": "compute-8";
            "compute-16": "compute-16";
            "compute-32": "compute-32";
            "general-2": "general-2";
            "general-4": "general-4";
            "general-8": "general-8";
            "general-16": "general-16";
            "gpu-4": "gpu-4";
            "gpu-8": "gpu-8";
            "gpu-16": "gpu-16";
        }>>;
        diskGiB: import("zod").ZodDefault<import("zod").ZodInt>;
        version: import("zod").ZodDefault<import("zod").ZodEnum<{
            "8.0": "8.0";
        }>>;
        mirror: import("zod").ZodDefault<import("zod").ZodString>;
        tls: import("zod").ZodOptional<import("zod").ZodObject<{
            pem: import("zod").ZodString;
            ca: import("zod").ZodString;
        }, z.core.$strict>>;
        snapshots: import("zod").ZodPrefault<import("zod").ZodObject<{
            everyHours: import("zod").ZodDefault<import("zod").ZodLiteral<1 | 4 | 6 | 12 | 3 | 2 | 24 | 8>>;
            keep: import("zod").ZodDefault<import("zod").ZodInt>;
        }, z.core.$strict>>;
        kind: import("zod").ZodLiteral<"replica-set">;
    }, z.core.$strict>, import("zod").ZodObject<{
        kind: import("zod").ZodLiteral<"managed">;
        machine: import("zod").ZodDefault<import("zod").ZodEnum<{
            "compute-2": "compute-2";
            "compute-4": "compute-4";
            "compute-8": "compute-8";
            "compute-16": "compute-16";
            "compute-32": "compute-32";
            "general-2": "general-2";
            "general-4": "general-4";
            "general-8": "general-8";
            "general-16": "general-16";
            "gpu-4": "gpu-4";
            "gpu-8": "gpu-8";
            "gpu-16": "gpu-16";
        }>>;
        diskGiB: import("zod").ZodDefault<import("zod").ZodInt>;
        version: import("zod").ZodDefault<import("zod").ZodEnum<{
            "8.0": "8.0";
            "5.0": "5.0";
            "7.0": "7.0";
        }>>;
    }, z.core.$strict>, import("zod").ZodObject<{
        kind: import("zod").ZodLiteral<"external">;
    }, z.core.$strict>], "kind">;
    readonly origin: import("zod").ZodObject<{
        machine: import("zod").ZodDefault<import("zod").ZodEnum<{
            "compute-2": "compute-2";
            "compute-4": "compute-4";
            "compute-8": "compute-8";
            "compute-16": "compute-16";
            "compute-32": "compute-32";
            "general-2": "general-2";
            "general-4": "general-4";
            "general-8": "general-8";
            "general-16": "general-16";
            "gpu-4": "gpu-4";
            "gpu-8": "gpu-8";
            "gpu-16": "gpu-16";
        }>>;
        min: import("zod").ZodDefault<import("zod").ZodInt>;
        max: import("zod").ZodDefault<import("zod").ZodInt>;
        cpuTargetPercent: import("zod").ZodDefault<import("zod").ZodInt>;
        cooldownSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        diskGiB: import("zod").ZodDefault<import("zod").ZodInt>;
        surge: import("zod").ZodPrefault<import("zod").ZodObject<{
            abovePercent: import("zod").ZodDefault<import("zod").ZodInt>;
            addPercent: import("zod").ZodDefault<import("zod").ZodInt>;
        }, z.core.$strict>>;
        schedule: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodObject<{
            name: import("zod").ZodString;
            days: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodEnum<{
                mon: "mon";
                tue: "tue";
                wed: "wed";
                thu: "thu";
                fri: "fri";
                sat: "sat";
                sun: "sun";
            }>>>;
            from: import("zod").ZodString;
            to: import("zod").ZodString;
            timeZone: import("zod").ZodDefault<import("zod").ZodString>;
            min: import("zod").ZodInt;
        }, z.core.$strict>>>;
        minInServicePercent: import("zod").ZodDefault<import("zod").ZodInt>;
    }, z.core.$strict>;
    readonly edge: import("zod").ZodObject<{
        spotPercent: import("zod").ZodDefault<import("zod").ZodInt>;
        moreMachines: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodEnum<{
            "compute-2": "compute-2";
            "compute-4": "compute-4";
            "compute-8": "compute-8";
            "compute-16": "compute-16";
            "compute-32": "compute-32";
            "general-2": "general-2";
            "general-4": "general-4";
            "general-8": "general-8";
            "general-16": "general-16";
            "gpu-4": "gpu-4";
            "gpu-8": "gpu-8";
            "gpu-16": "gpu-16";
        }>>>;
        warmMachines: import("zod").ZodDefault<import("zod").ZodInt>;
        machine: import("zod").ZodDefault<import("zod").ZodEnum<{
            "compute-2": "compute-2";
            "compute-4": "compute-4";
            "compute-8": "compute-8";
            "compute-16": "compute-16";
            "compute-32": "compute-32";
            "general-2": "general-2";
            "general-4": "general-4";
            "general-8": "general-8";
            "general-16": "general-16";
            "gpu-4": "gpu-4";
            "gpu-8": "gpu-8";
            "gpu-16": "gpu-16";
        }>>;
        min: import("zod").ZodDefault<import("zod").ZodInt>;
        max: import("zod").ZodDefault<import("zod").ZodInt>;
        cpuTargetPercent: import("zod").ZodDefault<import("zod").ZodInt>;
        cooldownSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        diskGiB: import("zod").ZodDefault<import("zod").ZodInt>;
        surge: import("zod").ZodPrefault<import("zod").ZodObject<{
            abovePercent: import("zod").ZodDefault<import("zod").ZodInt>;
            addPercent: import("zod").ZodDefault<import("zod").ZodInt>;
        }, z.core.$strict>>;
        schedule: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodObject<{
            name: import("zod").ZodString;
            days: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodEnum<{
                mon: "mon";
                tue: "tue";
                wed: "wed";
                thu: "thu";
                fri: "fri";
                sat: "sat";
                sun: "sun";
            }>>>;
            from: import("zod").ZodString;
            to: import("zod").ZodString;
            timeZone: import("zod").ZodDefault<import("zod").ZodString>;
            min: import("zod").ZodInt;
        }, z.core.$strict>>>;
        minInServicePercent: import("zod").ZodDefault<import("zod").ZodInt>;
    }, z.core.$strict>;
    readonly balancer: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
        http: import("zod").ZodDefault<import("zod").ZodEnum<{
            redirect: "redirect";
            forward: "forward";
        }>>;
        drainSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        idleTimeoutSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        health: import("zod").ZodPrefault<import("zod").ZodObject<{
            intervalSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
            timeoutSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
            healthyThreshold: import("zod").ZodDefault<import("zod").ZodInt>;
            unhealthyThreshold: import("zod").ZodDefault<import("zod").ZodInt>;
        }, z.core.$strict>>;
        panelStickinessSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        rtmp: import("zod").ZodDefault<import("zod").ZodBoolean>;
        srt: import("zod").ZodDefault<import("zod").ZodBoolean>;
        kind: import("zod").ZodLiteral<"managed">;
    }, z.core.$strict>, import("zod").ZodObject<{
        http: import("zod").ZodDefault<import("zod").ZodEnum<{
            redirect: "redirect";
            forward: "forward";
        }>>;
        drainSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        idleTimeoutSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        health: import("zod").ZodPrefault<import("zod").ZodObject<{
            intervalSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
            timeoutSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
            healthyThreshold: import("zod").ZodDefault<import("zod").ZodInt>;
            unhealthyThreshold: import("zod").ZodDefault<import("zod").ZodInt>;
        }, z.core.$strict>>;
        panelStickinessSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        rtmp: import("zod").ZodDefault<import("zod").ZodBoolean>;
        srt: import("zod").ZodDefault<import("zod").ZodBoolean>;
        machine: import("zod").ZodDefault<import("zod").ZodEnum<{
            "compute-2": "compute-2";
            "compute-4": "compute-4";
            "compute-8": "compute-8";
            "compute-16": "compute-16";
            "compute-32": "compute-32";
            "general-2": "general-2";
            "general-4": "general-4";
            "general-8": "general-8";
            "general-16": "general-16";
            "gpu-4": "gpu-4";
            "gpu-8": "gpu-8";
            "gpu-16": "gpu-16";
        }>>;
        count: import("zod").ZodDefault<import("zod").ZodInt>;
        connectionsPerSource: import("zod").ZodDefault<import("zod").ZodInt>;
        trustedSources: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodString>>;
        kind: import("zod").ZodLiteral<"haproxy">;
    }, z.core.$strict>, import("zod").ZodObject<{
        http: import("zod").ZodDefault<import("zod").ZodEnum<{
            redirect: "redirect";
            forward: "forward";
        }>>;
        drainSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        idleTimeoutSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        health: import("zod").ZodPrefault<import("zod").ZodObject<{
            intervalSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
            timeoutSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
            healthyThreshold: import("zod").ZodDefault<import("zod").ZodInt>;
            unhealthyThreshold: import("zod").ZodDefault<import("zod").ZodInt>;
        }, z.core.$strict>>;
        panelStickinessSeconds: import("zod").ZodDefault<import("zod").ZodInt>;
        rtmp: import("zod").ZodDefault<import("zod").ZodBoolean>;
        srt: import("zod").ZodDefault<import("zod").ZodBoolean>;
        machine: import("zod").ZodDefault<import("zod").ZodEnum<{
            "compute-2": "compute-2";
            "compute-4": "compute-4";
            "compute-8": "compute-8";
            "compute-16": "compute-16";
            "compute-32": "compute-32";
            "general-2": "general-2";
            "general-4": "general-4";
            "general-8": "general-8";
            "general-16": "general-16";
            "gpu-4": "gpu-4";
            "gpu-8": "gpu-8";
            "gpu-16": "gpu-16";
        }>>;
        count: import("zod").ZodDefault<import("zod").ZodInt>;
        connectionsPerSource: import("zod").ZodDefault<import("zod").ZodInt>;
        trustedSources: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodString>>;
        kind: import("zod").ZodLiteral<"nginx">;
    }, z.core.$strict>], "kind">;
    readonly domain: import("zod").ZodOptional<import("zod").ZodObject<{
        name: import("zod").ZodString;
        zone: import("zod").ZodString;
        dns: import("zod").ZodDefault<import("zod").ZodEnum<{
            managed: "managed";
            external: "external";
        }>>;
    }, z.core.$strict>>;
    readonly certificate: import("zod").ZodDiscriminatedUnion<[import("zod").ZodObject<{
        source: import("zod").ZodLiteral<"issued">;
    }, z.core.$strict>, import("zod").ZodObject<{
        source: import("zod").ZodLiteral<"existing">;
        id: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>;
    }, z.core.$strict>, import("zod").ZodObject<{
        source: import("zod").ZodLiteral<"uploaded">;
        pem: import("zod").ZodString;
    }, z.core.$strict>, import("zod").ZodObject<{
        source: import("zod").ZodLiteral<"none">;
    }, z.core.$strict>], "source">;
    readonly access: import("zod").ZodObject<{
        adminCidrs: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodString>>;
        adminGroup: import("zod").ZodOptional<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>>;
        sshPublicKey: import("zod").ZodOptional<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>>;
    }, z.core.$strict>;
    readonly encryption: import("zod").ZodObject<{
        keyId: import("zod").ZodOptional<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>>;
    }, z.core.$strict>;
    readonly media: import("zod").ZodObject<{
        licence: import("zod").ZodDefault<import("zod").ZodEnum<{
            key: "key";
            marketplace: "marketplace";
        }>>;
        version: import("zod").ZodDefault<import("zod").ZodString>;
        panelUser: import("zod").ZodDefault<import("zod").ZodString>;
        properties: import("zod").ZodDefault<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnion<readonly [import("zod").ZodString, import("zod").ZodNumber, import("zod").ZodBoolean]>>>;
        proxy: import("zod").ZodOptional<import("zod").ZodString>;
        stunServer: import("zod").ZodOptional<import("zod").ZodString>;
        startMinutes: import("zod").ZodDefault<import("zod").ZodInt>;
    }, z.core.$strict>;
    readonly drain: import("zod").ZodObject<{
        maxMinutes: import("zod").ZodDefault<import("zod").ZodInt>;
    }, z.core.$strict>;
    readonly alarms: import("zod").ZodObject<{
        emails: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodString>>;
        webhooks: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodString>>;
    }, z.core.$strict>;
    readonly logs: import("zod").ZodObject<{
        retentionDays: import("zod").ZodDefault<import("zod").ZodLiteral<1 | 3 | 7 | 60 | 90 | 14 | 30 | 180 | 365 | 731 | 1827>>;
        bucket: import("zod").ZodOptional<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>>;
    }, z.core.$strict>;
    readonly recordings: import("zod").ZodObject<{
        store: import("zod").ZodDefault<import("zod").ZodEnum<{
            none: "none";
            bucket: "bucket";
        }>>;
    }, z.core.$strict>;
    readonly audience: import("zod").ZodOptional<import("zod").ZodObject<{
        publishers: import("zod").ZodInt;
        viewers: import("zod").ZodInt;
        bitrateKbps: import("zod").ZodDefault<import("zod").ZodInt>;
        ladder: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodLiteral<2160 | 1080 | 720 | 480 | 360 | 240>>>;
    }, z.core.$strict>>;
    readonly tags: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>;
    readonly protect: import("zod").ZodBoolean;
    readonly generation: import("zod").ZodInt;
    readonly exceptions: import("zod").ZodArray<import("zod").ZodObject<{
        rule: import("zod").ZodString;
        resource: import("zod").ZodOptional<import("zod").ZodString>;
        reason: import("zod").ZodString;
        until: import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<string, string>>;
    }, z.core.$strict>>;
};
/** What a certificate with other faults may still say. */
export declare const certificateSource: import("zod").ZodEnum<{
    issued: "issued";
    existing: "existing";
    uploaded: "uploaded";
    none: "none";
}>;
export type SectionName = keyof typeof sections;
export declare const sectionNames: readonly SectionName[];
/** What a section is when the stack file doesn't have it; `cloud`, `network` and `certificate` have to be said. */
export declare const absent: {
    readonly mode: "cluster";
    readonly network: {};
    readonly database: {};
    readonly origin: {};
    readonly edge: {};
    readonly balancer: {};
    readonly access: {};
    readonly encryption: {};
    readonly media: {};
    readonly drain: {};
    readonly alarms: {};
    readonly logs: {};
    readonly recordings: {};
    readonly tags: {};
    readonly protect: true;
    readonly generation: 1;
    readonly exceptions: readonly [];
};
/** What a section is when the stack file doesn't have it. */
export declare const absentOf: (name: SectionName) => unknown;
