import { Server, Socket } from 'node:net';

function refuse(): never {
	throw new Error('A unit test opens no socket');
}

/** A setup of Jest's: no file of `npm run test:unit` can come to need a socket unnoticed. */
Socket.prototype.connect = refuse;
Server.prototype.listen = refuse;
