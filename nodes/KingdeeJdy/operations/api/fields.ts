import { parametersOf } from '../../catalogue/catalogue';
import { readValues } from '../../catalogue/encoding/values';
import { Complaint } from '../../gateway/errors/validationError';
import { checkOwnId } from '../../shared/parameters/ownId';
import { chooseInForm } from '../common/filters';
import { isShown, readForm } from '../common/formInput';
import { tellAsGiven, tellMissing, tellUnknown } from '../common/hints';
import { requestOf } from '../common/request';
import type { Request } from '../common/request';
import type { Input, Source } from './input';
import { uploadOf } from './upload';

/** The form of the documented parameters: each goes out in its type, where the call wants it. */
export function fromFields({ parameters, settings, call }: Source): Input {
	if (!call) throw new Complaint('Input', 'must be Use JSON, because the parameters of this call are not documented');
	const documented = parametersOf(call);
	const given = readForm(parameters, 'parameters', documented, call.effect === 'read' ? chooseInForm : undefined);
	if (call.multipart) return { query: () => '', body: () => '', upload: uploadOf(parameters, documented, given) };
	let request: Request | undefined;
	const written = () => {
		if (request) return request;
		if (call.kind === 'save' && isShown(parameters, 'parameters', 'id')) checkOwnId({ id: given.id });
		const { values, unknown, asGiven, missing } = readValues(documented, given, { timeZone: settings.timeZone, missing: 'send' });
		tellUnknown(settings, unknown);
		tellAsGiven(settings, asGiven);
		tellMissing(settings, missing);
		request = requestOf(call, values, settings);
		return request;
	};
	return { query: () => written().endpoint.query ?? '', body: () => written().body };
}
