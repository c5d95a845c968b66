import { parametersOf } from '../../catalogue/catalogue';
import type { Values } from '../../catalogue/encoding/values';
import type { Call } from '../../catalogue/types';
import { readValues } from '../../catalogue/encoding/values';
import { ValidationError } from '../../gateway/errors/validationError';
import { checkOwnId } from '../../shared/parameters/ownId';
import { chooseInForm } from '../common/filters';
import { isShown, readForm } from '../common/formInput';
import { hintAtMissing, hintAtSentAsGiven, hintAtUnknown } from '../common/hints';
import { requestOf } from '../common/request';
import type { Request } from '../common/request';
import type { CallInput, InputSource } from './input';
import { uploadOf } from './upload';

/** What is sent with the values of the form. */
function inputWith({ parameters, settings, references }: InputSource, call: Call, given: Values): CallInput {
	const documented = parametersOf(call);
	let request: Request | undefined;
	const written = () => {
		if (request) return request;
		if (call.kind === 'save' && isShown(parameters, 'parameters', 'id')) checkOwnId({ id: given.id });
		const { values, unknown, asGiven, missing } = readValues(documented, given, { timeZone: settings.timeZone, missing: 'send', references });
		hintAtUnknown(settings, unknown, documented);
		hintAtSentAsGiven(settings, asGiven);
		hintAtMissing(settings, missing);
		request = requestOf(call, values, settings);
		return request;
	};
	return { query: () => written().endpoint.query ?? '', body: () => written().body };
}

/** The form of the documented parameters: each is sent in its type, as the call wants it. */
export function fromFields(source: InputSource): CallInput {
	const { parameters, call } = source;
	if (!call) throw new ValidationError('Input', 'must be Use JSON, because the parameters of this call are not documented');
	const documented = parametersOf(call);
	const given = readForm(parameters, 'parameters', documented, call.effect === 'read' ? chooseInForm : undefined);
	if (call.multipart) return { query: () => '', body: () => '', upload: uploadOf(parameters, documented, given) };
	return { ...inputWith(source, call, given), form: { documented, given, withValues: (values) => inputWith(source, call, values) } };
}
