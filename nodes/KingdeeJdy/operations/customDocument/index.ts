import { runner } from '../runner';
import { get } from './get';
import { getMany } from './getMany';
import { operate } from './operate';

/** The operations of the resource Custom Document, by their values. */
export const customDocument = {
	audit: runner(operate('audit')),
	delete: runner(operate('delete')),
	get: runner(get),
	getMany: runner(getMany),
	unaudit: runner(operate('unaudit')),
};
