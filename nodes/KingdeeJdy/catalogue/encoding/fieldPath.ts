/** Where a reader is in the document. */
export interface FieldPath {
	/** As an error names it after `Field`: `"material_entity"[0] > "qty"`. */
	name: string;
	/** As a hint names it: `material_entity.qty`. */
	path: string;
	/** The label of the form. */
	label?: string | undefined;
}

/** A field within a place, or at the start. */
export function inside(at: FieldPath | undefined, name: string, label?: string): FieldPath {
	return { name: at ? `${at.name} > "${name}"` : `"${name}"`, path: at ? `${at.path}.${name}` : name, label };
}

/** `"qty" (Quantity)` */
export function labelledName({ name, label }: FieldPath): string {
	return label === undefined ? name : `${name} (${label})`;
}

/** A field as an error names it. */
export function fieldInError(place: FieldPath): string {
	return `Field ${labelledName(place)}`;
}
