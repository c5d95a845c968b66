import type { Values } from '../../catalogue/encoding/values';
import type { Call, Parameter } from '../../catalogue/types';
import type { Endpoint } from '../../gateway/types';
import type { NodeParameters, StandardSettings } from '../common/nodeParameters';
import type { ReferenceMode } from '../common/references';
import type { Upload } from './upload';

/** What is sent with a call. */
export interface CallInput {
	/** @throws ValidationError */
	query: () => string;
	/** @throws ValidationError */
	body: () => string;
	/** The file, if the call takes one. */
	upload?: Upload;
	/** The form that it comes from: what it refers to is looked up. */
	form?: {
		documented: Parameter[];
		given: Values;
		withValues: (values: Values) => CallInput;
	};
}

/** What the parameters of a way of input are read from, once the call is known. */
export interface InputSource {
	parameters: NodeParameters;
	settings: StandardSettings;
	references: ReferenceMode;
	endpoint: Endpoint;
	call: Call | undefined;
}
