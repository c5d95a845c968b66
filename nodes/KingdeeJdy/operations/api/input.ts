import type { Call } from '../../catalogue/types';
import type { Endpoint } from '../../gateway/types';
import type { Parameters, StandardSettings } from '../common/nodeParameters';
import type { Upload } from './upload';

/** What goes out with a call. */
export interface Input {
	/** @throws Complaint */
	query: () => string;
	/** @throws Complaint */
	body: () => string;
	/** The file, where the call takes one. */
	upload?: Upload;
}

/** What the parameters of a way of input are read from, once the call is known. */
export interface Source {
	parameters: Parameters;
	settings: StandardSettings;
	endpoint: Endpoint;
	call: Call | undefined;
}
