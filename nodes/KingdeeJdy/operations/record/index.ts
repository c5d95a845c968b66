import { runner } from '../runner';
import { get } from './get';
import { getMany } from './getMany';
import { operate } from './operate';
import { pushDown } from './pushDown';
import { save } from './save';

/** The operations of the resource Document or Master Data, by their values. */
export const record = {
	audit: runner(operate('audit')),
	close: runner(operate('close')),
	delete: runner(operate('delete')),
	get: runner(get),
	getMany: runner(getMany),
	pushDown: runner(pushDown),
	save: runner(save),
	unaudit: runner(operate('unaudit')),
};
