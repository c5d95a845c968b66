import type { Call } from '../../catalogue/types';
import type { Endpoint } from '../../gateway/types';
import type { NodeParameters, StandardSettings } from '../common/nodeParameters';
import type { Upload } from './upload';

/** What goes out with a call. */
export interface CallInput {
	/** @throws ValidationError */
	query: () => string;
	/** @throws ValidationError */
	body: () => string;
	/** The file, where the call takes one. */
	upload?: Upload;
}

/** What the parameters of a way of input are read from, once the call is known. */
export interface InputSource {
	parameters: NodeParameters;
	settings: StandardSettings;
	endpoint: Endpoint;
	call: Call | undefined;
}
