/** Everything that is tried in one engine, on the Node that runs this. */
import './customSave.mts';
import './editor.mts';
import './promises.mts';
import './standard.mts';
import './tool.mts';
import './triggers.mts';
