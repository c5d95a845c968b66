/** What an operation does to JDY: it makes a document, changes one, or only reads. */
export type Action = 'save' | 'change' | 'read';
