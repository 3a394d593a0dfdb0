/** A file of a machine; its text ends with a line's end. */
export interface MachineFile {
    readonly path: string;
    readonly text: string;
}
type Commands = readonly (readonly string[])[];
/** What a kind of machine is made of: its facts go into user data, its files and commands into the archive. */
export interface Machine {
    /** Commands of each boot, before services start. */
    readonly bootCommands: Commands;
    /** What the programs have to know. */
    readonly facts: object;
    readonly files: readonly MachineFile[];
    /** What the machine runs once the files are there, and again when one of them was another. */
    readonly commands: Commands;
}
/** A real file of this room, without comments and formatting: changing those must not replace machines. */
export declare function source(name: string): string;
/** Drops blank lines and those that hold a comment alone; all our kinds of files begin one with a number sign or //. */
export declare function withoutComments(text: string): string;
export interface CloudConfig {
    readonly bootCommands: Commands;
    readonly files: readonly MachineFile[];
    /** Commands of the first boot, at its end. */
    readonly runCommands: Commands;
}
/** The text that cloud-init reads, as a person reads it too; the first line is its format's name. */
export declare function cloudConfig({ bootCommands, files, runCommands }: CloudConfig): string;
/**
 * A program in its place; a person may run it there. The agent's folders are for its reader: on a machine the programs
 * lie beside each other, so that a module's name is all that an import needs.
 */
export declare const installed: (path: string) => MachineFile;
/** A unit of ours in its sandbox. */
export declare const unit: (path: string) => MachineFile;
export {};
