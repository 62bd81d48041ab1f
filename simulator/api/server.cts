import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LoggedRequest } from '../requestLog.cjs';
import type { UnknownAnswers } from '../scenario/unknowns.cjs';
import type { Simulation } from '../simulation.cjs';
import { checkOrganization, checkWrite, keyOf, maySee } from './access.cjs';
import { effectOf, type Answer, type Call } from './call.cjs';
import { contracts, merakiError, type Contract } from './contract.cjs';
import { interfereAfter, interfereBefore, type Hosts } from './interference.cjs';
import { operations } from './operations.cjs';
import { Refusal } from './refusal.cjs';
import { ContractBreach, readBody, readQuery } from './requestReading.cjs';

const PREFIX = '/api/v1';

/** The pretended Meraki API: one route per contract. */
export function registerApi(app: FastifyInstance, simulation: Simulation, hosts: Hosts): void {
	app.register(
		async (api) => {
			const server = new ApiServer(simulation, hosts);
			api.addHook('onRequest', async (request) => server.open(request));
			api.addHook('onSend', async (request, reply) => server.seal(request, reply));
			api.setErrorHandler<FastifyError>((error, request, reply) => server.refuse(error, request, reply));
			api.setNotFoundHandler((request) => {
				throw new ContractBreach(404, [`${request.method} is not simulated for this path`]);
			});
			for (const contract of contracts) {
				api.route({
					method: contract.method,
					url: contract.path.replace(/\{(\w+)\}/g, ':$1'),
					handler: async (request, reply) => server.serve(contract, request, reply),
				});
			}
		},
		{ prefix: PREFIX },
	);
}

class ApiServer {
	private readonly logged = new WeakMap<FastifyRequest, LoggedRequest>();
	/** Answers that kept the contract, spelled: the same list is often read again. */
	private readonly texts = new WeakMap<object, string>();

	constructor(
		private readonly simulation: Simulation,
		private readonly hosts: Hosts,
	) {}

	open(request: FastifyRequest): void {
		this.simulation.catchUp();
		const [path = '', query = ''] = request.originalUrl.split('?', 2);
		const entry: LoggedRequest = {
			number: this.simulation.requests.count + 1,
			at: new Date(this.simulation.clock.now()).toISOString(),
			receivedAt: new Date().toISOString(),
			host: request.host,
			method: request.method,
			path,
			query,
			userAgent: request.headers['user-agent'] ?? null,
			key: null,
			status: null,
			faults: [],
			networkId: paramOf(request, 'networkId') ?? null,
			tagsAsked: null,
			tagsBefore: null,
			tagsAfter: null,
			actions: [],
		};
		this.simulation.requests.add(entry);
		this.logged.set(request, entry);
	}

	/** The `Date` header is the client's clock, so it carries virtual time, as late as possible. */
	seal(request: FastifyRequest, reply: FastifyReply): void {
		const entry = this.logOf(request);
		entry.status = reply.statusCode;
		reply.header('date', new Date(this.simulation.clock.now()).toUTCString());
		reply.header('x-request-id', `simulated-${entry.number}`);
	}

	async serve(contract: Contract, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
		const call = this.admit(request);
		if (await interfereBefore(call.effects, request, reply, this.hosts)) return reply;
		const answer = await this.perform(contract, this.checked(contract, call, request));
		const edit = effectOf(call.effects, 'thenEdit');
		if (edit !== undefined) this.simulation.applyEvent({ ...edit, kind: 'editTags' });
		if (answer.link !== undefined) reply.header('link', answer.link);
		if (interfereAfter(call.effects, reply, answer.body)) return reply;
		return this.send(reply.code(contract.status), answer.body);
	}

	private send(reply: FastifyReply, body: unknown): FastifyReply {
		if (!Array.isArray(body)) return reply.send(body);
		const text = this.texts.get(body) ?? JSON.stringify(body);
		this.texts.set(body, text);
		return reply.type('application/json; charset=utf-8').send(text);
	}

	refuse(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
		const status = error instanceof Refusal ? error.status : (error.statusCode ?? 500);
		const errors = error instanceof Refusal ? error.errors : [error.message];
		if (error instanceof ContractBreach || (!(error instanceof Refusal) && status < 500)) {
			const { at, method, path } = this.logOf(request);
			this.simulation.violations.add({ at, method, path, errors });
		}
		if (error instanceof Refusal) reply.headers(error.headers);
		void reply.code(status).send({ errors });
	}

	/** Rate of the source, key, rate of the organization, faults: in the order a request meets them. */
	private admit(request: FastifyRequest): Call {
		const { clock, dashboard, faults, limiter, scenario } = this.simulation;
		const log = this.logOf(request);
		checkForm(request, this.simulation.unknowns);
		limiter.checkSource(request.ip);
		const key = keyOf(request.headers.authorization, scenario.keys);
		log.key = key.name;
		const networkId = paramOf(request, 'networkId');
		const foundOrganization =
			networkId === undefined
				? dashboard.organization(paramOf(request, 'organizationId') ?? '')
				: dashboard.organizationOf(networkId);
		if (foundOrganization !== undefined) limiter.checkOrganization(foundOrganization.id);
		const path = log.path.slice(log.path.indexOf(PREFIX) + PREFIX.length);
		const effects = faults.take({ method: request.method, path, key: key.name }, clock.minutes());
		log.faults = effects.map(({ kind }) => kind);
		return {
			simulation: this.simulation,
			key,
			now: clock.now(),
			url: `${request.protocol}://${request.host}${request.originalUrl}`,
			query: {},
			body: {},
			effects,
			log,
			foundOrganization,
			foundNetwork: networkId === undefined ? undefined : foundOrganization?.network(networkId),
			actionBatchId: paramOf(request, 'actionBatchId'),
		};
	}

	private checked(contract: Contract, call: Call, request: FastifyRequest): Call {
		const { key, foundNetwork, foundOrganization } = call;
		if (paramOf(request, 'networkId') !== undefined) {
			if (foundNetwork === undefined || !maySee(key, foundNetwork, call.now)) {
				throw new Refusal(404, ['Network not found']);
			}
		}
		if (contract.path.includes('{')) checkOrganization(key, foundOrganization);
		const checked = {
			...call,
			query: readQuery(contract, request.query),
			body: readBody(contract, request.body),
		};
		checkWrite(key, request.method);
		return { ...checked, now: this.simulation.clock.now() };
	}

	private async perform(contract: Contract, call: Call): Promise<Answer> {
		const operation = operations[contract.operationId];
		if (operation === undefined) throw new Error(`No operation answers ${contract.operationId}`);
		const answer = await operation(call);
		const isKnown = Array.isArray(answer.body) && this.texts.has(answer.body);
		if (isKnown || contract.answer === undefined || contract.answer(answer.body)) return answer;
		const why = (contract.answer.errors ?? []).map((error) => `${error.instancePath}: ${merakiError(error)}`);
		throw new Error(`The simulator broke the contract of ${contract.operationId}: ${why.join('; ')}`);
	}

	private logOf(request: FastifyRequest): LoggedRequest {
		const entry = this.logged.get(request);
		if (entry === undefined) throw new Error('The request was not logged');
		return entry;
	}
}

/** Meraki docs, User agents: the shape; that another one is refused is said nowhere. */
const USER_AGENT = /^[A-Za-z0-9]+\/[0-9][0-9.]* [A-Za-z0-9]+$/;

function checkForm({ headers, originalUrl }: FastifyRequest, unknowns: UnknownAnswers): void {
	if (originalUrl.length > (unknowns.longestUrl ?? Infinity)) throw new Refusal(414, ['URI too long']);
	if (unknowns.userAgent === 'required' && !USER_AGENT.test(headers['user-agent'] ?? ''))
		throw new Refusal(403, ['A user agent is required']);
}

function paramOf(request: FastifyRequest, name: string): string | undefined {
	const { params } = request;
	if (typeof params !== 'object' || params === null) return undefined;
	const value: unknown = Object.entries(params).find(([key]) => key === name)?.[1];
	return typeof value === 'string' ? value : undefined;
}
