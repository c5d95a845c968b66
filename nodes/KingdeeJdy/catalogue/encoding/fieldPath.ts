/** Where a reader is in the document. */
export interface Place {
	/** As a complaint names it after `Field`: `"material_entity"[0] > "qty"`. */
	name: string;
	/** As a hint names it: `material_entity.qty`. */
	path: string;
	/** The label of the form. */
	label?: string | undefined;
}

/** A field within a place, or at the start. */
export function inside(at: Place | undefined, name: string, label?: string): Place {
	return { name: at ? `${at.name} > "${name}"` : `"${name}"`, path: at ? `${at.path}.${name}` : name, label };
}

/** `"qty" (Quantity)` */
export function named({ name, label }: Place): string {
	return label === undefined ? name : `${name} (${label})`;
}

/** A field as a complaint names it. */
export function told(place: Place): string {
	return `Field ${named(place)}`;
}
