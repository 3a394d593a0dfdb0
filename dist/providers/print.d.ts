/** Names something by what it is and not by its place in a list. */
export declare const print: (text: string) => string;
