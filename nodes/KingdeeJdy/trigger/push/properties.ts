import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { decryptProperty } from '../../operations/common/options';
import { sendingProperties, sortedProperties } from '../../shared/parameters/options';

/** What reading back has no use for: it makes calls of one account, a few at a time, and shows what was returned. */
const WITHOUT = new Set(['concurrency', 'dryRun']);

const options: INodeProperties[] = [
	...sendingProperties.filter(({ name }) => !WITHOUT.has(name)),
	decryptProperty,
	{
		displayName: 'Other Message Types',
		name: 'otherTypes',
		type: 'string',
		default: '',
		placeholder: 'e.g. sal_bill_outbound, ts_45465632434343',
		description: 'The bizType of messages that the list does not have, separated by commas. Their documents cannot be read back.',
	},
	{
		displayName: 'Show Secrets',
		name: 'showSecrets',
		type: 'boolean',
		default: false,
		description: 'Whether messages about authorisations come with their App Secret. It is then kept with the execution, for everybody who may see it.',
	},
];

const IN_JDY = 'On <b>open.jdy.com</b> open your app, then its message subscription (<b>消息订阅</b>), and enter the URL as the address. Choose the messages and save: JDY sends a test message (test_address), which this node answers by itself.';

/** What to enter where in JDY's console; the addresses stand under Webhook URLs in the same panel. */
export const pushPanel: NonNullable<INodeTypeDescription['triggerPanel']> = {
	header: 'Receive the messages of Kingdee JDY',
	executionsHelp: {
		inactive: `<b>1.</b> Publish the workflow. <b>2.</b> Copy the <b>Production URL</b> under Webhook URLs; JDY must be able to reach it from the internet. <b>3.</b> ${IN_JDY} To try it first, click the button and let JDY send to the <b>Test URL</b>.`,
		active: `The workflow runs for each message that JDY sends to the <b>Production URL</b>. ${IN_JDY}`,
	},
	activationHint: `When the workflow is ready, publish it and copy its <b>Production URL</b>. ${IN_JDY}`,
};

export const pushProperties: INodeProperties[] = [
	{
		displayName: 'Publish the workflow, then enter the Production URL on open.jdy.com as the address of the message subscription (消息订阅) of your app. JDY must be able to reach it from the internet.',
		name: 'setUpNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Message Type Names or IDs',
		name: 'bizTypes',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getMessageTypes' },
		default: [],
		description:
			'Which messages start the workflow. If none is chosen, all do. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Read Back',
		name: 'readBack',
		type: 'boolean',
		default: true,
		description: 'Whether to read each document from JDY before it is given out. JDY does not sign its messages, so anybody who knows the address can send one.',
	},
	{
		displayName: 'Without Read Back nobody checks what comes: whoever knows the address can send anything. Use such a message as a hint only.',
		name: 'uncheckedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { readBack: [false] } },
	},
	{
		displayName: 'Options',
		name: 'additionalOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedProperties(options),
	},
	{
		// By this name n8n leaves the body to the node, instead of answering 422 by itself to what it cannot parse.
		displayName: 'Body',
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	},
];
