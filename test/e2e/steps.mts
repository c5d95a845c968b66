import type { Editor } from './browser.mts';
import type { Demo } from './demo.mts';
import { stepsOfAccount } from './stepsOfAccount.mts';
import { stepsOfCredential } from './stepsOfCredential.mts';
import { stepsOfDocuments } from './stepsOfDocuments.mts';
import { stepsOfNode } from './stepsOfNode.mts';
import { stepsOfOthers } from './stepsOfOthers.mts';
import { stepsOfPush } from './stepsOfPush.mts';
import { stepsOfRecords } from './stepsOfRecords.mts';
import { stepsOfSheets } from './stepsOfSheets.mts';
import { stepsOfTyping } from './stepsOfTyping.mts';

/**
 * One thing a user does, and what has to be seen then; throws where it is not. With a caption it is a scene of the tour,
 * which stands on the scenes before it alone.
 */
export type Step = [what: string, act: () => Promise<void>, caption?: string];

/** Takes a picture of what stands on the screen, where somebody wants one of this name. */
export type Picture = (name: string) => Promise<void>;

/** All that a user does, in its order. */
export function allSteps(editor: Editor, demo: Demo, picture: Picture): Step[] {
	return [
		['the owner logs in at the address that is printed, and sees Create workflow', async () => await editor.logIn(demo.startUrl), 'n8n with the package n8n-nodes-kingdee-jdy, and an emulated Kingdee JDY'],
		...stepsOfCredential(editor, demo, picture),
		...stepsOfNode(editor, demo, picture),
		...stepsOfTyping(editor, demo),
		...stepsOfDocuments(editor, demo),
		...stepsOfRecords(editor, demo, picture),
		...stepsOfSheets(editor, demo, picture),
		...stepsOfAccount(editor, demo, picture),
		...stepsOfOthers(editor, demo),
		...stepsOfPush(demo),
	];
}
