export declare function nodeFromNpm(version: string): string;
