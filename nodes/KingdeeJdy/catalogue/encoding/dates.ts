import { plainText } from '../../shared/data/dateForms';
import { isMoment, isOfOurTime, isWrittenByJdy, readMoment } from '../../shared/data/dates';
import type { DateProblem } from '../../shared/data/dates';
import type { Moment } from '../../shared/data/zonedTime';
import type { Format, Parameter } from '../types';

/** How a parameter writes a moment. */
type Form = Required<Pick<Parameter, 'format'>> & Pick<Parameter, 'isGuessed'>;

/** A moment in the words of a parameter; `asGiven`: it is for JDY to say whether it is one; `problem`: how it surely is none. */
type WrittenMoment = { text: string } | { asGiven: true } | { problem: string };

/** What an error says that each format wants. */
export const WANTED: Record<Format, string> = {
	date: 'a date, e.g. 2026-03-31',
	dateTime: 'a date with time, e.g. 2026-03-31 14:30:00',
	ms: 'a date with time, e.g. 2026-03-31 14:30:00',
	period: 'an accounting period, e.g. 202603',
	timestamp: 'a timestamp',
};

/** What an error adds to the value. */
const PROBLEMS: Record<DateProblem | 'otherTime', string> = {
	unreadable: '',
	impossible: ', a date that does not exist',
	ambiguous: ', which can be read as more than one date',
	otherTime: ', which is not between 1990 and 2100',
};

/** Examples of the documentation have a month or day of zero, such as 2019-0-01 [D]: whether that says something, JDY knows. */
const WITH_ZERO = /^\d{4}-(?:0{1,2}-\d{1,2}|\d{1,2}-0{1,2})$/;

function inFormat({ date, time, epochMs }: Moment, format: 'date' | 'dateTime' | 'ms'): string {
	if (format === 'date') return date;
	return format === 'dateTime' ? `${date} ${time}` : String(epochMs);
}

function writeTime(value: unknown, format: 'date' | 'dateTime' | 'ms', isGuessed: boolean, timeZone: string): WrittenMoment {
	const isDate = format !== 'ms';
	if (isDate && typeof value === 'string' && WITH_ZERO.test(value.trim())) return { asGiven: true };
	const moment = readMoment(value, { timeZone, takesSerials: isDate && !isGuessed });
	if (typeof moment === 'string') return isGuessed ? { asGiven: true } : { problem: PROBLEMS[moment] };
	if (!isGuessed && !isOfOurTime(moment)) return { problem: PROBLEMS.otherTime };
	const text = inFormat(moment, format);
	// Examples of the documentation have a day where it wants a moment, and a moment where it wants a day [D].
	return isDate && isWrittenByJdy(value) && value !== text ? { asGiven: true } : { text };
}

const PERIOD = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])$/;
const MONTH = /^(\d{4})(?:[-/.](\d{1,2})| ?年 ?(\d{1,2}) ?月)$/;

function writePeriod(value: unknown, isGuessed: boolean, timeZone: string): WrittenMoment {
	const text = typeof value === 'number' || typeof value === 'string' ? plainText(String(value)) : '';
	if (PERIOD.test(text)) return { text };
	const [, year = '', month, monthInWords = ''] = MONTH.exec(text) ?? [];
	const written = year + (month ?? monthInWords).padStart(2, '0');
	// One report refuses yyyyMM [R], and no page says what it takes instead.
	if (PERIOD.test(written)) return isGuessed ? { asGiven: true } : { text: written };
	const moment = readMoment(value, { timeZone, takesSerials: false });
	if (typeof moment !== 'string') return { text: moment.date.slice(0, 'yyyy-MM'.length).replace('-', '') };
	return isGuessed ? { asGiven: true } : { problem: PROBLEMS[moment] };
}

/**
 * A moment in the words of a parameter. A text without a zone is meant as it stands, one with a zone is seen from `timeZone`,
 * and so are Date, luxon and epoch numbers. If only a name says that it is a date, what is surely none is sent as it is.
 */
export function writeMoment(value: unknown, { format, isGuessed = false }: Form, timeZone: string): WrittenMoment {
	switch (format) {
		case 'period':
			return writePeriod(value, isGuessed, timeZone);
		case 'timestamp':
			// Its unit is [?], and -1 stands for all of them [D]: only what surely is a moment becomes milliseconds.
			return isMoment(value) ? writeTime(value, 'ms', isGuessed, timeZone) : { text: String(value).trim() };
		default:
			return writeTime(value, format, isGuessed, timeZone);
	}
}
