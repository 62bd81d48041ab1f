/** Imported before n8n-core: the errors that tests provoke do not belong on the console. */
process.env['N8N_LOG_LEVEL'] = 'silent';
