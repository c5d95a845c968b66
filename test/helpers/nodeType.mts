/** The full name of the node type, as n8n knows an installed package's. */
export const NODE_TYPE = 'n8n-nodes-kingdee-jdy.kingdeeJdyCustomSave';
