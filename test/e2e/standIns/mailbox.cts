import type { SmtpListener } from '../toolTypes.cjs';
import type { Tools } from '../tools.cjs';

export interface Mail {
	/** Real time. */
	readonly at: number;
	readonly to: string;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
}

/** A mail server on loopback that keeps what it gets. */
export class Mailbox {
	private received: Mail[] = [];

	private constructor(private readonly server: SmtpListener) {}

	static async open({ smtpServer, mailparser }: Tools): Promise<Mailbox> {
		const take = (mail: Mail): void => {
			mailbox.received.push(mail);
		};
		const server = new smtpServer.SMTPServer({
			authOptional: true,
			disabledCommands: ['STARTTLS'],
			onAuth(auth, _session, done) {
				done(null, { user: auth.username ?? '' });
			},
			onData(stream, _session, done) {
				mailparser.simpleParser(stream).then(
					({ to, subject, text, html }) => {
						take({
							at: Date.now(),
							to: to?.text ?? '',
							subject: subject ?? '',
							text: text ?? '',
							html: html || '',
						});
						done();
					},
					(error: unknown) => {
						done(error instanceof Error ? error : new Error(String(error)));
					},
				);
			},
		});
		const mailbox = new Mailbox(server);
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		return mailbox;
	}

	get port(): number {
		const address = this.server.server.address();
		if (address === null || typeof address === 'string') throw new Error('The mail server has no port');
		return address.port;
	}

	get mails(): readonly Mail[] {
		return this.received;
	}

	forget(): void {
		this.received = [];
	}

	async close(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.server.close(resolve);
		});
	}
}
