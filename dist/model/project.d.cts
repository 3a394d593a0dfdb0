export declare const projectFolder: string;
