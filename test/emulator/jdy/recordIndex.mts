import type { JdyRecord } from './records.mts';

/** Finds records of a list by ID or number without reading all of it: firms have thousands. */
export class RecordIndex {
	readonly #records: JdyRecord[];
	readonly #by = { id: new Map<string, JdyRecord[]>(), number: new Map<string, JdyRecord[]>() };
	#known = 0;

	/** @param records that grow at their end; a removal needs another index */
	constructor(records: JdyRecord[]) {
		this.#records = records;
	}

	/** All records of this ID, or of this number, which a save may have changed since. */
	named(by: 'id' | 'number', value: unknown): JdyRecord[] {
		this.#learn();
		const found = typeof value === 'string' ? (this.#by[by].get(value) ?? []).filter((record) => record[by] === value) : [];
		return found.length > 0 || by === 'id' ? found : this.#records.filter(({ number }) => number === value);
	}

	#learn(): void {
		for (; this.#known < this.#records.length; this.#known++) {
			const record = this.#records[this.#known];
			if (!record) continue;
			for (const by of ['id', 'number'] as const) {
				const same = this.#by[by].get(record[by]);
				if (same) same.push(record);
				else this.#by[by].set(record[by], [record]);
			}
		}
	}
}
