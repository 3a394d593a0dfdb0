/** Why a setting of conf/red5.properties is refused: what came, in a fault's words, and what to use in its place. */
export interface Reserved {
    readonly got: string;
    readonly allowed: string;
}
/**
 * Settings of conf/red5.properties that a stack may not set, in any release. Sources: the machines' programs for what the
 * cluster makes; for the rest ServerSettings.java, jee-container.xml and red5-core.xml of Ant-Media-Server at ams-v3.0.3.
 */
export declare const reservedProperties: ReadonlyMap<string, Reserved>;
